package dev.drey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProfileTest {

  @Test
  void aWorkerIsAsFastAsItsShareOfAProcessor() {
    WorkerSpeed speed = new WorkerSpeed(0.5, 1e9, 0);

    assertThat(speed.seconds(2e9, 1769)).isEqualTo(2.5);
    assertThat(speed.seconds(2e9, 1769 / 2)).isCloseTo(0.5 + 2 * 1769.0 / 884, within(1e-12));
    assertThat(speed.seconds(2e9, 10_240)).as("one thread").isEqualTo(2.5);
  }

  @Test
  void severalProcessorsDivideTheParallelShare() {
    WorkerSpeed speed = new WorkerSpeed(0, 1e9, 0.75);

    assertThat(speed.seconds(1e9, 1769)).isEqualTo(1);
    assertThat(speed.seconds(1e9, 3 * 1769)).isCloseTo(0.25 + 0.75 / 3, within(1e-12));
    assertThat(speed.seconds(1e9, 884)).as("less than one").isCloseTo(1769.0 / 884, within(1e-12));
  }

  @Test
  void moreMemoryIsNeverSlowerAndMemoryTimesTimeNeverLess() {
    for (double parallel : new double[] {0, 0.3, 1}) {
      WorkerSpeed speed = new WorkerSpeed(0, 1, parallel);
      for (int mb = 129; mb <= 10_240; mb++) {
        assertThat(speed.slowdown(mb)).isLessThanOrEqualTo(speed.slowdown(mb - 1));
        assertThat(mb * speed.slowdown(mb))
            .isGreaterThanOrEqualTo((mb - 1) * speed.slowdown(mb - 1) * (1 - 1e-12));
      }
    }
  }

  @Test
  void localWorkersHaveACoreWhateverTheirMemory() {
    WorkerSpeed speed = new WorkerSpeed(0, 1e9, 0, CpuShare.WHOLE_CORE);

    assertThat(speed.seconds(1e9, 128)).isEqualTo(1);
  }

  @Test
  void aStepWaitsForAnyColdStart() {
    ColdStarts starts = new ColdStarts(2, 0.1);

    assertThat(starts.expectedSeconds(1)).isCloseTo(0.2, within(1e-12));
    assertThat(starts.expectedSeconds(3)).isCloseTo(2 * (1 - 0.729), within(1e-12));
    assertThat(starts.meanSeconds()).isCloseTo(0.2, within(1e-12));
    assertThat(ColdStarts.NONE.expectedSeconds(1000)).isZero();
  }

  @Test
  void transfersTakeTheirRequestAndTheirBytes() {
    assertThat(new Transfer(0.1, 1e6).seconds(5e5)).isEqualTo(0.6);
    assertThat(Transfer.fixed(0.1).seconds(5e5)).isEqualTo(0.1);
  }

  /** What the loop took, bin/drey bench loop; the profile's digits are off by 2 % at most. */
  @Test
  void theLocalTreeIsWhatWasMeasured() {
    StepModel large = Profile.LOCAL.tree().model(0, 4_800_000, new OnTasks(2, 9));
    StepModel small = Profile.LOCAL.tree().model(0, 4 * 42_601, new OnTasks(2, 1));

    assertThat(large.perSum()).isCloseTo(2.08e-3, within(0.02 * 2.08e-3));
    assertThat(small.perSum()).isCloseTo(0.118e-3, within(0.02 * 0.118e-3));
    assertThat(large.perHop()).isCloseTo(3.4e-3, within(0.02 * 3.4e-3));
    assertThat(small.perHop()).isCloseTo(0.725e-3, within(0.02 * 0.725e-3));
    assertThat(Profile.LOCAL.base().seconds(4.8e6)).isCloseTo(11e-3, within(0.02 * 11e-3));
  }

  /** Case B of Feng et al. (2018): 98.3 GFLOP per worker, the fit's constant is 17.1 s. */
  @Test
  void lambdaIsAsFastAsThePapersFit() {
    assertThat(Profile.AWS_LAMBDA.slot().speed().seconds(98.3e9, 1536))
        .isCloseTo(17.1, within(0.02));
  }

  @Test
  void functionsAsNodesDoNotCutSums() {
    TreeConstants constants = new TreeConstants(0.01, 1e6, 0.2);

    StepModel model = constants.model(3, 2_000_000, new OnFunctions());

    assertThat(model).isEqualTo(new StepModel(3, 2.01, 0.2, new OnFunctions()));
  }

  @Test
  void wrongConstantsAreRefused() {
    assertThatThrownBy(() -> new WorkerSpeed(-1, 1, 0))
        .hasMessage("fixed seconds is -1.0, must be at least 0 and finite");
    assertThatThrownBy(() -> new WorkerSpeed(0, 0, 0))
        .hasMessage("FLOP per second is 0.0, must be above 0 and finite");
    assertThatThrownBy(() -> new WorkerSpeed(0, 1, 1.5))
        .hasMessage("parallel share is 1.5, must be in [0, 1]");
    assertThatThrownBy(() -> new Transfer(0, Double.NaN))
        .hasMessage("bytes per second is NaN, must be above 0");
    assertThatThrownBy(() -> new ColdStarts(1, -0.1))
        .hasMessage("share of cold starts is -0.1, must be in [0, 1]");
    assertThatThrownBy(() -> new TreeConstants(0, 0, 0))
        .hasMessage("bytes per second is 0.0, must be above 0");
    assertThatThrownBy(() -> new Limits(0, 900)).hasMessage("concurrency is 0, must be at least 1");
    assertThatThrownBy(() -> Profile.LOCAL.withSource(" "))
        .hasMessage("a profile must say where its numbers come from");
    assertThatThrownBy(() -> new TreeConstants(0, 1, 0).model(0, 0, new OnFunctions()))
        .hasMessage("bytes of the vector is 0, must be at least 1");
  }
}
