package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where and how a run is computed does not change a bit of its model. */
@Timeout(120)
class SameBitsITCase {

  @TempDir private static Path root;
  private static String bits;

  @BeforeAll
  static void trainOnce() throws Exception {
    SmallRun run = new SmallRun(root.resolve("first"));
    assertThat(run.train().ending()).isEqualTo(Outcome.Ending.FINISHED);
    bits = run.bits();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  private static SmallRun run(String name) {
    return new SmallRun(root.resolve(name));
  }

  @Test
  void aSecondRunGivesTheSameModel() throws Exception {
    SmallRun second = run("second");
    second.train();

    assertThat(second.bits()).isEqualTo(bits);
  }

  @Test
  void threadsGiveTheSameModelAsProcesses() throws Exception {
    SmallRun threads = run("threads").inProcess();
    threads.train();

    assertThat(threads.bits()).isEqualTo(bits);
  }

  @Test
  void anotherSeedGivesAnotherModel() throws Exception {
    SmallRun other = run("seed").inProcess().set("training.seed", "2");
    other.train();

    assertThat(other.bits()).isNotEqualTo(bits);
  }

  @Test
  void oneTaskPerOperatorGivesTheSameModelAsTwo() throws Exception {
    SmallRun one = run("one").inProcess().flink("parallelism.default", "1");
    one.train();
    SmallRun three = run("three").inProcess().flink("parallelism.default", "3");
    three.train();

    assertThat(one.bits()).isEqualTo(bits);
    assertThat(three.bits()).isEqualTo(bits);
  }

  @Test
  void oneInvocationAtATimeGivesTheSameModelAsTwo() throws Exception {
    SmallRun one = slots(run("at-a-time-1")).set("workers.concurrency", "1");
    one.train();
    SmallRun two = slots(run("at-a-time-2")).set("workers.concurrency", "2");
    two.train();

    assertThat(one.bits()).isEqualTo(two.bits());
  }

  private static SmallRun slots(SmallRun run) {
    return run.inProcess()
        .set("workers.count", "4")
        .set("aggregation.structure", "[1, 4]")
        .set("training.mini-batch", "125");
  }
}
