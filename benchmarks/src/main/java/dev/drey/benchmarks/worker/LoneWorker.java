package dev.drey.benchmarks.worker;

import dev.drey.benchmarks.measure.ProcessMemory;
import dev.drey.connectors.lambda.LambdaSettings;
import dev.drey.connectors.lambda.LambdaWorker;
import dev.drey.connectors.lambda.local.LocalLambda;
import dev.drey.connectors.lambda.local.LocalLambdaSettings;
import dev.drey.connectors.lambda.local.WorkerFlags;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.connectors.transport.TransportSettings;
import dev.drey.core.protocol.FileGrants;
import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.GradientWorker;
import dev.drey.job.run.LocalSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** One worker process, as a run starts it. */
final class LoneWorker implements AutoCloseable {

  /** The memory that a run gives its workers. */
  static final int MEMORY_MB = 1769;

  private final LocalLambda service;
  private final GradientWorker worker;

  /**
   * Starts the process.
   *
   * @param home where Drey is built
   * @param directory for the worker's log; beside it are the files that it reads
   * @param kernels it is held to, or nothing
   * @param memoryMb it may use
   */
  LoneWorker(
      Path home,
      Path directory,
      ExchangeDirectory exchange,
      Optional<Kernels> kernels,
      int memoryMb)
      throws IOException, InterruptedException {
    LocalSetup setup = LocalSetup.of(home);
    Path files = directory.toAbsolutePath().getParent();
    Map<String, String> variables =
        new HashMap<>(FileGrants.of(List.of(exchange.root(), files)).environment());
    kernels.ifPresent(k -> variables.putAll(k.environment()));
    service =
        LocalLambda.open(
            new LocalLambdaSettings(
                new LocalLambdaSettings.Function(
                    LocalSetup.FUNCTION, setup.function(), setup.handler()),
                new LocalLambdaSettings.Limits(memoryMb, Duration.ofMinutes(1), 1),
                new LocalLambdaSettings.Launch(
                    WorkerFlags.sharing(setup.classArchive()), variables),
                new LocalLambdaSettings.Directories(
                    directory, setup.nativeCache(), exchange.root()),
                0));
    worker =
        new LambdaWorker(
            new LambdaSettings(
                LocalSetup.FUNCTION,
                "local",
                service.endpoint(),
                service.token(),
                1,
                TransportSettings.shared(exchange.results())),
            JobStores.open(exchange.weights()),
            Clock.systemUTC());
    try {
      service.warm(1);
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The time that the worker reports for the computation, in milliseconds. */
  double millis(WorkRequest request) throws IOException, InterruptedException {
    try {
      return worker.compute(request).get().answer().computeMicros() / 1e3;
    } catch (ExecutionException e) {
      throw new IOException("the worker failed: " + e.getCause().getMessage(), e);
    }
  }

  /** The peak resident memory of its process, in megabytes. */
  static long peakMegabytes() {
    return ProcessHandle.current()
        .children()
        .mapToLong(child -> ProcessMemory.peakMegabytes(Long.toString(child.pid())))
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    worker.close();
    service.close();
  }
}
