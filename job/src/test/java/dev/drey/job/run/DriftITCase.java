package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.data.DataSource;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.job.prepare.PreparedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose labels mean something else from a step on. */
@Timeout(600)
class DriftITCase {

  private static final int STEPS = 400;
  private static final int DRIFT = 200;
  private static final int LABELS_HEAD = 8;
  private static final int CLASSES = 10;

  @TempDir private Path root;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  private SmallRun run(String name, String reaction) {
    return new SmallRun(root.resolve(name))
        .inProcess()
        .set("training.mini-batch", "50")
        .set("training.optimizer", "sgd")
        .set("training.learning-rate", "0.02")
        .set("training.epochs", "5")
        .set("training.drift", "{reaction: " + reaction + "}")
        .set("checkpoints.interval", "200ms");
  }

  private Outcome train(SmallRun run, Changes changes) throws Exception {
    return train(run, changes, FailingStore.failing(root));
  }

  private Outcome train(SmallRun run, Changes changes, FailingStore.Orders failures)
      throws Exception {
    LocalSetup usual = failures.setup();
    LocalSetup changed =
        new LocalSetup(
            usual.function(),
            usual.handler(),
            usual.nativeCache(),
            usual.classArchive(),
            workers -> new ChangedProvider(workers, changes),
            usual.store());
    return new LocalTraining(changed).run(run.prepared(), new Watch(), new StopSignal());
  }

  /** The same images, whose classes have each the number of the next. */
  private DataSource shifted() throws Exception {
    Path images = SmallRun.HOME.resolve("examples/data/fashion-mnist");
    Path labels = root.resolve("shifted-labels");
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(images.resolve("t10k-labels-idx1-ubyte.gz")))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      in.transferTo(bytes);
      byte[] all = bytes.toByteArray();
      for (int i = LABELS_HEAD; i < all.length; i++) {
        all[i] = (byte) ((all[i] + 1) % CLASSES);
      }
      Files.write(labels, all);
    }
    SmallRun run = new SmallRun(root.resolve("shifted")).set("data.labels", labels.toString());
    return ((PreparedData) run.prepared().input()).training();
  }

  @Tag("full")
  @Test
  void aDriftIsFoundWhereItBeganAndReactionsRecoverFaster() throws Exception {
    Changes changes = new Changes(DRIFT, shifted());
    SmallRun none = run("none", "none");
    SmallRun boost = run("boost", "{boost: {factor: 10, steps: 150}}");

    train(none, changes);
    train(boost, changes);

    for (SmallRun run : List.of(none, boost)) {
      Curve drifts = Curve.read(run.directory().resolve("drift.csv"));
      assertThat(drifts.rows()).hasSize(1);
      assertThat(drifts.last("step")).isBetween(DRIFT + 1.0, DRIFT + 20.0);
      assertThat(drifts.last("began")).isBetween(DRIFT - 10.0, DRIFT + 10.0);
      assertThat(drifts.last("before")).isLessThan(0.6);
      assertThat(drifts.last("after")).isGreaterThan(0.8);
    }
    assertThat(lossAfterDrift(boost)).isLessThan(0.75 * lossAfterDrift(none));
  }

  private static double lossAfterDrift(SmallRun run) throws IOException {
    return Curve.read(run.directory().resolve("curve.csv"))
        .column("loss")
        .subList(DRIFT + 50, DRIFT + 150)
        .stream()
        .mapToDouble(loss -> loss)
        .average()
        .orElseThrow();
  }

  @Test
  void aCalmRunHasNoDrift() throws Exception {
    SmallRun calm = run("calm", "reset-optimizer");

    calm.train();

    Curve drifts = Curve.read(calm.directory().resolve("drift.csv"));
    assertThat(drifts.rows()).isEmpty();
    assertThat(drifts.header()).startsWith("step", "began");
  }

  @Tag("full")
  @Test
  void failuresAroundTheDriftChangeNeitherBitsNorFile() throws Exception {
    DataSource shifted = shifted();
    SmallRun calm = adam("straight");
    SmallRun failing = adam("failing");

    Outcome straight = train(calm, new Changes(DRIFT, shifted));
    Path notes = Files.createDirectory(root.resolve("notes"));
    FailingStore.Orders failures =
        FailingStore.failing(notes, "-shard0-v" + (DRIFT + 5), "-shard0-v" + (DRIFT + 40));
    Outcome failed = train(failing, new Changes(DRIFT, shifted), failures);

    assertThat(failures.haveFailed()).isTrue();
    assertThat(failed.summary().weightsSha256()).isEqualTo(straight.summary().weightsSha256());
    assertThat(failed.summary().optimizerSha256()).isEqualTo(straight.summary().optimizerSha256());
    assertThat(drifts(failing)).isEqualTo(drifts(calm)).hasSize(1);
    assertThat(Curve.read(failing.directory().resolve("curve.csv")).column("step"))
        .isEqualTo(IntStream.rangeClosed(1, STEPS).mapToObj(Double::valueOf).toList());
  }

  private SmallRun adam(String name) {
    return run(name, "reset-optimizer")
        .set("training.optimizer", "adam")
        .set("training.learning-rate", "0.001");
  }

  /** Without the seconds. */
  private static List<List<String>> drifts(SmallRun run) throws IOException {
    return Curve.read(run.directory().resolve("drift.csv")).rows().stream()
        .map(row -> row.subList(0, row.size() - 1))
        .toList();
  }

  /**
   * What happens to a run.
   *
   * @param drift the step from which on examples come from {@code other}
   */
  private record Changes(long drift, DataSource other) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
  }

  private record ChangedProvider(GradientWorker.Provider workers, Changes changes)
      implements GradientWorker.Provider {
    private static final long serialVersionUID = 1L;

    @Override
    public GradientWorker open() throws Exception {
      return new ChangedWorker(workers.open(), changes);
    }
  }

  private record ChangedWorker(GradientWorker worker, Changes changes) implements GradientWorker {

    @Override
    public CompletableFuture<WorkResult> compute(WorkRequest request) {
      if (request.id().step() < changes.drift || !(request.examples() instanceof Examples.Rows r)) {
        return worker.compute(request);
      }
      return worker.compute(
          new WorkRequest(
              request.id(),
              request.lease(),
              request.network(),
              request.weights(),
              new Examples.Rows(changes.other, r.normalization(), r.rows()),
              request.answer(),
              request.kernels(),
              request.seed()));
    }

    @Override
    public void close() {
      worker.close();
    }
  }
}
