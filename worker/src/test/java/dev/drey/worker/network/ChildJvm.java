package dev.drey.worker.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another JVM with this one's classes, which ends with the test. */
final class ChildJvm implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 180;

  private final Process process;

  /**
   * Starts it with one thread per library.
   *
   * @param cache where native libraries are unpacked
   * @param flags of the JVM
   * @param environment on top of PATH alone: nothing is inherited
   */
  ChildJvm(Path cache, List<String> flags, Map<String, String> environment, Class<?> main)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache.toAbsolutePath());
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.add("-XX:ErrorFile=" + System.getProperty("java.io.tmpdir") + "/hs_err_%p.log");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** What it printed; fails if it did not end well. */
  String output() throws InterruptedException {
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("child JVM failed:\n" + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
