package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.model.Summary;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where and how a run is computed does not change a bit of its weights and moments. */
@Timeout(600)
class SameBitsITCase {

  @TempDir private static Path root;
  private static Bits bits;

  /** What a run ends in. */
  private record Bits(String weights, String moments) {

    static Bits of(SmallRun run) throws Exception {
      Outcome outcome = run.train();
      assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FINISHED);
      Summary summary = outcome.summary();
      assertThat(summary.optimizerSha256()).isNotNull();
      return new Bits(summary.weightsSha256(), summary.optimizerSha256());
    }
  }

  @BeforeAll
  static void trainOnce() throws Exception {
    bits = Bits.of(run("first"));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  /** Eight slots over two levels, with Adam; on two local workers where nothing else is said. */
  private static SmallRun run(String name) {
    return new SmallRun(root.resolve(name))
        .set("workers.count", "8")
        .set("aggregation.structure", "[1, 2, 8]")
        .set("training.mini-batch", "62")
        .set("training.optimizer", "{adam: {}}")
        .set("training.learning-rate", "0.001");
  }

  @Test
  void aSecondRunGivesTheSameBits() throws Exception {
    assertThat(Bits.of(run("second"))).isEqualTo(bits);
  }

  @Test
  void anotherSeedGivesOthers() throws Exception {
    Bits others = Bits.of(run("seed").inProcess().set("training.seed", "2"));

    assertThat(others.weights()).isNotEqualTo(bits.weights());
    assertThat(others.moments()).isNotEqualTo(bits.moments());
  }

  /** Statistics are averaged by the server, dropout is drawn per slot, a skip is read twice. */
  @Tag("full")
  @Test
  void layersOfManyKindsLearnAndGiveTheSameBitsInProcessesAndThreads() throws Exception {
    Outcome processes = ofManyKinds("kinds").train();
    Outcome threads =
        ofManyKinds("kinds-in-process").inProcess().set("workers.concurrency", "3").train();

    assertThat(threads.summary().weightsSha256()).isEqualTo(processes.summary().weightsSha256());
    assertThat(threads.summary().optimizerSha256())
        .isEqualTo(processes.summary().optimizerSha256());
    // Predicts with the running statistics; by chance it would be 0.1.
    assertThat(processes.summary().testAccuracy()).isGreaterThan(0.4);
  }

  private static SmallRun ofManyKinds(String name) {
    return run(name)
        .set("network.input", "[1, 28, 28]")
        .set(
            "network.layers",
            """
            [{conv2d: {filters: 6, kernel: 5, stride: 3}}, batch-normalization,
            {activation: {function: relu}, name: stem},
            {conv2d: {filters: 6, kernel: 3, padding: same, activation: gelu}}, {add: {from: stem}},
            flatten, {dropout: {rate: 0.1}}, {dense: {units: 10}}]
            """)
        .set("training.learning-rate", "0.01");
  }

  @ParameterizedTest
  @CsvSource({"local, 1", "local, 8", "in-process, 1", "in-process, 8"})
  void oneWorkerOrEightServeTheSlotsInProcessesOrThreads(String runtime, int workers)
      throws Exception {
    SmallRun run =
        run(runtime + "-" + workers)
            .set("workers.runtime", runtime)
            .set("workers.concurrency", String.valueOf(workers));

    assertThat(Bits.of(run)).isEqualTo(bits);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void anyParallelismGivesTheSameBits(int parallelism) throws Exception {
    SmallRun run =
        run("parallelism-" + parallelism)
            .inProcess()
            .set("workers.concurrency", "4")
            .flink("parallelism.default", String.valueOf(parallelism));

    assertThat(Bits.of(run)).isEqualTo(bits);
  }

  @Test
  void aSecondAttemptThatRacesTheFirstGivesTheSameBits() throws Exception {
    SmallRun run = run("hedged").set("workers.hedge", "{quantile: 0.5, factor: 1}");

    assertThat(Bits.of(run)).isEqualTo(bits);
  }
}
