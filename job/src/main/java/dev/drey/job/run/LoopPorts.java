package dev.drey.job.run;

import dev.drey.connectors.lambda.LambdaSettings;
import dev.drey.connectors.lambda.LambdaWorker;
import dev.drey.connectors.transport.TransportSettings;
import dev.drey.core.store.WeightStore;
import dev.drey.core.worker.GradientWorker;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.workers.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The loop's ways out of the job.
 *
 * @param workers that compute
 * @param store of the weights
 */
record LoopPorts(GradientWorker.Provider workers, WeightStore.Provider store) {

  /**
   * Those of a run whose workers are a Lambda function. Weights and results go beside the messages
   * where the specification names a directory that the workers see, else inside.
   *
   * @throws IOException if that directory cannot be made
   */
  static LoopPorts aws(RunSpecification specification, WeightStore.Provider store)
      throws IOException {
    WorkerSettings workers = specification.workers();
    TransportSettings transport = TransportSettings.inline();
    Optional<Path> shared = specification.store().directory();
    if (shared.isPresent()) {
      transport =
          TransportSettings.shared(Files.createDirectories(shared.get().resolve("results")));
    }
    LambdaSettings settings =
        new LambdaSettings(
            workers.function().orElseThrow(),
            workers.region().orElseThrow(),
            workers.endpoint().orElse(null),
            workers.concurrency(),
            transport);
    return new LoopPorts(new LambdaWorker.Provider(settings, store), store);
  }
}
