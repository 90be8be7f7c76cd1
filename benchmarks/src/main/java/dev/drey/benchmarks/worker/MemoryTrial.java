package dev.drey.benchmarks.worker;

import dev.drey.benchmarks.measure.SampleRequests;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.core.exchange.Store;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.WorkRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Measures the memory of a worker that computes gradients and evaluations.
 *
 * @param home where Drey is built
 * @param directory for files
 * @param batch examples of a gradient
 */
record MemoryTrial(Path home, Path directory, NetworkSpec network, int batch) {

  /** Rows of the data set. */
  static final int ROWS = 1000;

  private static final int ROUNDS = 3;
  private static final int GRADIENTS = 10;
  private static final long EXCHANGE_BYTES = 1 << 28;

  /** Replaced by the worker's client, which chooses the transport. */
  private static final WorkRequest.Transport ANYHOW = new WorkRequest.Transport(0, null);

  /**
   * Has a new worker compute gradients, with evaluations in between.
   *
   * @param memoryMb it may use
   * @return the most that it used; empty if it did not complete
   */
  OptionalLong peakMegabytes(int memoryMb) throws IOException, InterruptedException {
    Path run = Files.createTempDirectory(directory, "trial-");
    try (ExchangeDirectory exchange = ExchangeDirectory.create(run, EXCHANGE_BYTES);
        Store store = JobStores.open(exchange.weights())) {
      SampleRequests requests = new SampleRequests(network, run, store, ROWS);
      try (LoneWorker worker =
          new LoneWorker(home, run.resolve("worker"), exchange, Optional.empty(), memoryMb)) {
        return OptionalLong.of(work(worker, requests));
      } catch (IOException e) {
        return OptionalLong.empty(); // killed, or out of memory
      }
    }
  }

  private long work(LoneWorker worker, SampleRequests requests)
      throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < GRADIENTS; i++) {
        worker.millis(requests.gradient(batch, ANYHOW, null));
      }
      worker.millis(requests.evaluation(ROWS));
    }
    return LoneWorker.peakMegabytes();
  }
}
