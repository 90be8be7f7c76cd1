package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.exchange.Store;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkerException;
import dev.drey.job.prepare.PreparedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run's worker processes open, asked through the run's own client. */
@Timeout(600)
final class WorkerAccessITCase {

  private static final String SECRET = "hunter2";

  @TempDir Path root;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  @Test
  void aWorkerOpensTheDataOfItsRunAndNoOtherFile() throws Exception {
    Path file = Files.writeString(root.resolve("secret.csv"), SECRET + ",a\n1,2\n");
    PreparedRun run = new SmallRun(root.resolve("run")).prepared();
    PreparedData data = (PreparedData) run.input();
    Blob.Reference secret = DataSets.reference(file);

    try (Workers workers = Workers.open(run, LocalSetup.of(SmallRun.HOME));
        GradientWorker worker = workers.ports().workers().open();
        Store store = workers.ports().store().open()) {
      float[] values = new float[data.network().parameterCount()];
      Blob.Reference weights = store.put("v1", values);

      assertThat(
              worker
                  .compute(request(data.network(), weights, data.training()))
                  .get(60, TimeUnit.SECONDS)
                  .answer()
                  .examples())
          .isEqualTo(1);

      for (DataSource foreign :
          List.of(
              new DataSource.Csv(secret, List.of("none"), List.of("a")),
              new DataSource.Idx(secret, secret),
              new DataSource.Npy(new Blob.Reference(file.toUri(), 1, "00000000"), secret))) {
        assertThatThrownBy(
                () ->
                    worker
                        .compute(request(data.network(), weights, foreign))
                        .get(60, TimeUnit.SECONDS))
            .cause()
            .isInstanceOfSatisfying(
                WorkerException.class,
                e -> assertThat(e.kind()).isEqualTo(WorkerException.Kind.REJECTED))
            .message()
            .contains("this worker may not open " + file + ": it is not below")
            .doesNotContain(SECRET)
            .doesNotContain(secret.crc32c())
            .doesNotContain(secret.bytes() + " bytes");
      }
    }
  }

  private static WorkRequest request(NetworkSpec network, Blob weights, DataSource data) {
    return new WorkRequest(
        new WorkRequest.Id("run", "start-1", Work.Kind.GRADIENT, 1, 0, 1),
        System.currentTimeMillis() + 300_000,
        network,
        new Weights(1, List.of(new Weights.Part(new Range(0, network.parameterCount()), weights))),
        new Examples.Rows(data, Normalization.NONE, new int[] {0}),
        new WorkRequest.Transport(0, null),
        null,
        0);
  }
}
