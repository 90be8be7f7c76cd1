package dev.drey.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that does not outlive this one. Its two outputs are read as one, line by line. */
public final class ChildProcess implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int LINES_KEPT = 30;

  private final Process process;
  private final Thread hook;
  private final Thread reader;
  private final Deque<String> lastLines = new ArrayDeque<>();

  /**
   * Starts it.
   *
   * @param onLine called with each line that it writes, on another thread
   */
  public ChildProcess(List<String> command, Path directory, Consumer<String> onLine)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    builder.environment().remove("OPENBLAS_CORETYPE");
    process = builder.start();
    hook = new Thread(this::end, "bench-end-child");
    Runtime.getRuntime().addShutdownHook(hook);
    reader = new Thread(() -> read(onLine), "bench-read-child");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Consumer<String> onLine) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
        onLine.accept(line);
      }
    } catch (IOException e) {
      keep(String.valueOf(e));
    }
  }

  private synchronized void keep(String line) {
    if (lastLines.size() == LINES_KEPT) {
      lastLines.removeFirst();
    }
    lastLines.addLast(line);
  }

  /** The last lines that it wrote. */
  public synchronized String lastLines() {
    return String.join(System.lineSeparator(), lastLines);
  }

  /** Writes a line to its input, which stays open. */
  public void write(String line) throws IOException {
    OutputStream out = process.getOutputStream();
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * Waits until it has ended.
   *
   * @throws IOException if it did not end well, or not in time
   */
  public void await(Duration limit) throws IOException, InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("not done after " + limit.toSeconds() + " s:\n" + lastLines());
    }
    reader.join(GRACE.toMillis());
    if (process.exitValue() != 0) {
      throw new IOException("ended with code " + process.exitValue() + ":\n" + lastLines());
    }
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The processes below it that live. */
  public List<ProcessHandle> descendants() {
    return process.descendants().filter(ProcessHandle::isAlive).toList();
  }

  /** Ends it as kill -9 does, and returns when it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
    close();
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it if it still runs. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // this process is ending, and the hook is running
    }
  }
}
