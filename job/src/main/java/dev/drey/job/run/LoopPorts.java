package dev.drey.job.run;

import dev.drey.connectors.lambda.LambdaSettings;
import dev.drey.connectors.lambda.LambdaWorker;
import dev.drey.connectors.store.JobStores;
import dev.drey.connectors.transport.TransportSettings;
import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.Stores;
import dev.drey.core.worker.GradientWorker;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.workers.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * What the loop uses outside of the job.
 *
 * @param workers that compute
 * @param store of the weights
 */
record LoopPorts(GradientWorker.Provider workers, Store.Provider store) {

  /** Directory of the workers' results, inside the place that both sides reach. */
  private static final String RESULTS = "results";

  /**
   * The ports of a run whose workers are a Lambda function. Weights and results go through a store
   * if the specification names a place that the workers reach, else inside the messages.
   *
   * @throws IOException if the directory of results cannot be created
   */
  static LoopPorts aws(RunSpecification specification, Store.Provider store) throws IOException {
    WorkerSettings workers = specification.workers();
    TransportSettings transport = TransportSettings.inline();
    Optional<URI> shared = specification.store().place();
    if (shared.isPresent()) {
      transport = TransportSettings.shared(JobStores.create(Stores.inside(shared.get(), RESULTS)));
    }
    LambdaSettings settings =
        new LambdaSettings(
            workers.function().orElseThrow(),
            workers.region().orElseThrow(),
            workers.endpoint().orElse(null),
            workers.token().orElse(null),
            workers.concurrency(),
            transport);
    return new LoopPorts(new LambdaWorker.Provider(settings, store), store);
  }
}
