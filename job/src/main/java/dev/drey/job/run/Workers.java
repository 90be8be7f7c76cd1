package dev.drey.job.run;

import dev.drey.connectors.lambda.LambdaSettings;
import dev.drey.connectors.lambda.LambdaWorker;
import dev.drey.connectors.lambda.local.LocalLambda;
import dev.drey.connectors.lambda.local.LocalLambdaSettings;
import dev.drey.connectors.lambda.local.WorkerFlags;
import dev.drey.connectors.process.InProcessWorker;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.connectors.transport.TransportSettings;
import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.FileGrants;
import dev.drey.core.protocol.Kernels;
import dev.drey.core.worker.GradientWorker;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.specification.PublishSettings;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.workers.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a local run, and the directory through which they exchange weights and gradients
 * with the job. Closing ends every process and deletes every file that was made for them.
 */
final class Workers implements AutoCloseable {

  private static final String LOCAL_REGION = "local";

  /** Concurrent invocations of a publishing gate, beside those of training. */
  private static final int OF_GATE = 1;

  /** Objects in the exchange directory at the same time, beside one per concurrent worker. */
  private static final int VERSIONS = 6;

  private final ExchangeDirectory exchange;
  private final LoopPorts ports;
  private final @Nullable LocalLambda service;

  private Workers(ExchangeDirectory exchange, LoopPorts ports, @Nullable LocalLambda service) {
    this.exchange = exchange;
    this.ports = ports;
    this.service = service;
  }

  /**
   * Opens what the specification asks for.
   *
   * @param setup the function that runs locally, and wrappers of workers and store
   */
  static Workers open(PreparedRun run, LocalSetup setup) throws IOException {
    RunSpecification specification = run.specification();
    WorkerSettings workers = specification.workers();
    long bytes = (long) run.input().network().parameterCount() * Float.BYTES;
    ExchangeDirectory exchange =
        ExchangeDirectory.create(
            run.directory().resolve("exchange"), bytes * (VERSIONS + workers.concurrency()));
    try {
      Store.Provider store =
          setup
              .store()
              .apply(JobStores.provider(specification.store().place().orElse(exchange.weights())));
      return switch (workers.runtime()) {
        case LOCAL -> local(run, setup, exchange, store);
        case IN_PROCESS -> inProcess(workers, setup, exchange, store);
        case AWS -> aws(specification, setup, exchange, store);
      };
    } catch (IOException | RuntimeException e) {
      exchange.close();
      throw e;
    }
  }

  private static Workers local(
      PreparedRun run, LocalSetup setup, ExchangeDirectory exchange, Store.Provider store)
      throws IOException {
    WorkerSettings workers = run.specification().workers();
    int ofGate =
        run.specification().output().publish().flatMap(PublishSettings::gate).isPresent()
            ? OF_GATE
            : 0;
    LocalLambda service =
        LocalLambda.open(
            new LocalLambdaSettings(
                new LocalLambdaSettings.Function(
                    LocalSetup.FUNCTION, function(setup), setup.handler()),
                new LocalLambdaSettings.Limits(
                    workers.memoryMb(), workers.timeout(), workers.concurrency() + ofGate),
                launch(run, setup, exchange),
                new LocalLambdaSettings.Directories(
                    run.directory().resolve("workers"), setup.nativeCache(), exchange.root()),
                0));
    LambdaSettings settings =
        new LambdaSettings(
            LocalSetup.FUNCTION,
            LOCAL_REGION,
            service.endpoint(),
            service.token(),
            workers.concurrency(),
            TransportSettings.shared(exchange.results()));
    return new Workers(
        exchange, ports(setup, new LambdaWorker.Provider(settings, store), store), service);
  }

  private static LocalLambdaSettings.Launch launch(
      PreparedRun run, LocalSetup setup, ExchangeDirectory exchange) {
    Map<String, String> environment = new HashMap<>(grants(run, exchange).environment());
    run.specification().workers().kernels().ifPresent(k -> environment.putAll(k.environment()));
    return new LocalLambdaSettings.Launch(WorkerFlags.sharing(setup.classArchive()), environment);
  }

  /** What workers of the run read and write: its data files, and the places of both directions. */
  private static FileGrants grants(PreparedRun run, ExchangeDirectory exchange) {
    List<Path> files = new ArrayList<>();
    files.add(exchange.root());
    run.specification()
        .store()
        .place()
        .filter(place -> "file".equals(place.getScheme()))
        .ifPresent(place -> files.add(Path.of(place)));
    if (run.input() instanceof PreparedData data) {
      Stream.of(data.training(), data.test())
          .flatMap(source -> source.objects().stream())
          .forEach(file -> files.add(Path.of(file.uri())));
    }
    return FileGrants.of(files);
  }

  private static Workers inProcess(
      WorkerSettings workers, LocalSetup setup, ExchangeDirectory exchange, Store.Provider store)
      throws IOException {
    checkHeld(workers.kernels(), System.getenv());
    return new Workers(
        exchange,
        ports(
            setup,
            new InProcessWorker.Provider(
                function(setup).toUri(),
                setup.nativeCache().toUri(),
                workers.concurrency(),
                TransportSettings.shared(exchange.results()),
                store),
            store),
        null);
  }

  /** Threads use the kernels of this process, which its environment chose when it started. */
  static void checkHeld(Optional<Kernels> kernels, Map<String, String> environment)
      throws IOException {
    if (kernels.isPresent() && !kernels.get().areSetIn(environment)) {
      throw new IOException(
          "workers.reproducible is true and workers.runtime is in-process, where this program's"
              + " environment decides: start it with "
              + kernels.get().settings()
              + ", or use the runtime local");
    }
  }

  private static Workers aws(
      RunSpecification specification,
      LocalSetup setup,
      ExchangeDirectory exchange,
      Store.Provider store)
      throws IOException {
    LoopPorts ports = LoopPorts.aws(specification, store);
    return new Workers(exchange, ports(setup, ports.workers(), store), null);
  }

  private static LoopPorts ports(
      LocalSetup setup, GradientWorker.Provider workers, Store.Provider store) {
    return new LoopPorts(setup.workers().apply(workers), store);
  }

  private static Path function(LocalSetup setup) throws IOException {
    Path function = setup.function();
    if (!Files.isDirectory(function.resolve("lib"))) {
      throw new IOException("the worker is not built: " + function + " has no lib");
    }
    return function;
  }

  LoopPorts ports() {
    return ports;
  }

  /** Starts as many local workers as may be busy at once, and waits for them. */
  void warm(int count) throws IOException, InterruptedException {
    if (service != null) {
      service.warm(count);
    }
  }

  @Override
  public void close() throws IOException {
    if (service != null) {
      service.close();
    }
    exchange.close();
  }
}
