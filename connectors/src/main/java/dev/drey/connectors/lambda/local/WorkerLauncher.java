package dev.drey.connectors.lambda.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts worker processes, concurrently and outside the event loop; closing it kills them all.
 * Thread-safe.
 */
final class WorkerLauncher implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WorkerCommand command;
  private final Path run;
  private final ExecutorService starter =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "local-lambda-start");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Process> processes = ConcurrentHashMap.newKeySet();

  WorkerLauncher(WorkerCommand command, Path run) {
    this.command = command;
    this.run = run;
  }

  /** The file for a worker's output. */
  File logFile(int number) {
    return run.resolve("worker-" + number + ".log").toFile();
  }

  /**
   * Starts a process.
   *
   * @param runtimeApi address of its Runtime API, with the token: in its environment only, which
   *     other users cannot see, as they can its arguments
   */
  CompletableFuture<Process> launch(int number, String runtimeApi) {
    CompletableFuture<Process> started = new CompletableFuture<>();
    starter.execute(
        () -> {
          try {
            started.complete(start(number, runtimeApi));
          } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e);
          }
        });
    return started;
  }

  private Process start(int number, String runtimeApi) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.commandLine());
    var environment = command.environment(builder.environment(), runtimeApi);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(run.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile(number)));
    Process process = builder.start();
    processes.add(process);
    var unused = process.onExit().thenRun(() -> processes.remove(process));
    return process;
  }

  /** Kills all processes that were started, and waits until they have ended. */
  @Override
  public void close() {
    starter.shutdown();
    boolean interrupted = false;
    try {
      starter.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    CompletableFuture<?>[] exits =
        processes.stream()
            .map(Process::destroyForcibly)
            .map(Process::onExit)
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(exits).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          processes.size() + " workers did not end within " + PATIENCE, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
