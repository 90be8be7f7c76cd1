package dev.drey.job.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnFunctions;
import dev.drey.core.plan.StepModel;
import org.junit.jupiter.api.Test;

class BeliefTest {

  private static final Structure FLAT = Structure.of(1, 100);
  private static final Structure TREE = Structure.of(1, 10, 100);
  private static final Structure DEEP = Structure.of(1, 5, 22, 100);
  private static final StepModel TRUTH = new StepModel(7, 0.17, 0.5, new OnFunctions());
  private static final StepModel GUESS = new StepModel(3, 0.4, 2, new OnFunctions());

  @Test
  void measuredStepsOverrideTheGuess() {
    Belief belief = Belief.of(GUESS, 3, 0.4, 2);
    for (Structure structure : new Structure[] {FLAT, TREE, DEEP}) {
      belief = belief.withStep(structure, TRUTH.seconds(structure), 1e-6);
    }

    assertThat(belief.model().base()).isCloseTo(7, within(1e-4));
    assertThat(belief.model().perSum()).isCloseTo(0.17, within(1e-4));
    assertThat(belief.model().perHop()).isCloseTo(0.5, within(1e-4));
  }

  @Test
  void nothingMeasuredLeavesTheGuessAndAllItsDoubt() {
    Belief belief = Belief.of(GUESS, 3, 0.4, 2);

    Belief.Saving saving = belief.saving(FLAT, TREE);

    assertThat(belief.model().seconds(DEEP)).isCloseTo(GUESS.seconds(DEEP), within(1e-9));
    assertThat(saving.seconds()).isCloseTo(80 * 0.4 - 2, within(1e-9));
    assertThat(saving.deviation()).isCloseTo(Math.hypot(80 * 0.4, 2), within(1e-9));
  }

  @Test
  void aMeasuredBaseAndOneStepTellTheRestOfIt() {
    Belief belief =
        Belief.of(GUESS, 3, 0.4, 2).withBase(7, 0.01).withStep(FLAT, TRUTH.seconds(FLAT), 0.1);

    Belief.Saving saving = belief.saving(FLAT, TREE);

    // 17.5 s remain for 100 sums and one hop: per sum is near 0.17.
    assertThat(belief.model().perSum()).isCloseTo(0.17, within(0.03));
    assertThat(saving.seconds()).isGreaterThan(2 * saving.deviation());
  }

  @Test
  void oneStepAloneDoesNotTellWhatAnotherStructureWouldTake() {
    Belief belief = Belief.of(GUESS, 30, 0.4, 2).withStep(FLAT, TRUTH.seconds(FLAT), 0.1);

    Belief.Saving saving = belief.saving(FLAT, TREE);

    assertThat(saving.seconds()).isLessThan(2 * saving.deviation());
  }

  @Test
  void aConstantIsNeverBelowZero() {
    Belief belief = Belief.of(GUESS, 3, 0.4, 2).withBase(-5, 0.01);

    assertThat(belief.model().base()).isZero();
  }

  @Test
  void aMeasurementWithoutDoubtIsRefused() {
    Belief belief = Belief.of(GUESS, 3, 0.4, 2);

    assertThatThrownBy(() -> belief.withStep(FLAT, 1, 0))
        .hasMessage("the deviation is 0.0, must be above 0");
  }
}
