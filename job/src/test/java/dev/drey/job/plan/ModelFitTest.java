package dev.drey.job.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnFunctions;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.StepModel;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelFitTest {

  private static final List<Structure> STRUCTURES =
      Stream.of("1-100", "1-2-100", "1-10-100", "1-25-100", "1-5-22-100", "1-2-10-50-100")
          .map(Structure::parse)
          .toList();

  private static List<Measurement> measured(StepModel truth) {
    return STRUCTURES.stream().map(s -> new Measurement(s, truth.seconds(s))).toList();
  }

  @Test
  void whatTheModelMadeIsFoundAgain() throws Exception {
    StepModel truth = new StepModel(7, 0.2, 0.5, new OnFunctions());

    ModelFit fit = ModelFit.of(truth.placement(), measured(truth));

    assertThat(fit.model().base()).isCloseTo(7, within(1e-9));
    assertThat(fit.model().perSum()).isCloseTo(0.2, within(1e-9));
    assertThat(fit.model().perHop()).isCloseTo(0.5, within(1e-9));
    assertThat(fit.rmse()).isCloseTo(0, within(1e-9));
    assertThat(fit.looRmse()).isCloseTo(0, within(1e-9));
    assertThat(fit.r2()).isCloseTo(1, within(1e-9));
    assertThat(fit.heldAtZero()).isEmpty();
    assertThat(fit.rows()).allSatisfy(row -> assertThat(row.leaveOneOut().isPresent()).isTrue());
  }

  /** A dataflow with 2 tasks can be fitted like functions. */
  @Test
  void aDataflowHasOtherSumsAndHops() throws Exception {
    StepModel truth = new StepModel(0.01, 0.002, 0.003, new OnTasks(2, 4));

    ModelFit fit = ModelFit.of(truth.placement(), measured(truth));

    assertThat(fit.model().perSum()).isCloseTo(0.002, within(1e-12));
    assertThat(fit.model().perHop()).isCloseTo(0.003, within(1e-12));
  }

  /** With a constant set to 0, the errors are those of the best fit of the others. */
  @Test
  void aConstantThatComesOutNegativeIsHeldAtZero() throws Exception {
    StepModel truth = new StepModel(10, 0.2, 0, new OnFunctions());
    List<Measurement> shorterByHops =
        measured(truth).stream()
            .map(m -> new Measurement(m.structure(), m.seconds() - 0.3 * m.structure().levels()))
            .toList();

    ModelFit fit = ModelFit.of(truth.placement(), shorterByHops);

    assertThat(fit.model().perHop()).isZero();
    assertThat(fit.model().base()).isBetween(8.5, 9.7);
    assertThat(fit.heldAtZero()).singleElement().hasToString("per hop would be -0.300 s, set to 0");
  }

  /**
   * No choice of constants on a fine grid is better than the bounded fit.
   *
   * <p>The grid's step is a fiftieth of the constants; the fit must be better than all of it.
   */
  @Test
  void theBoundedFitIsTheMinimum() throws Exception {
    List<Measurement> falling =
        IntStream.range(0, STRUCTURES.size())
            .mapToObj(i -> new Measurement(STRUCTURES.get(i), 10 + i % 3))
            .toList();

    ModelFit fit = ModelFit.of(new OnFunctions(), falling);

    double best = error(fit.model(), falling);
    for (int base = 0; base <= 60; base++) {
      for (int sum = 0; sum <= 30; sum++) {
        for (int hop = 0; hop <= 30; hop++) {
          StepModel other = new StepModel(base * 0.2, sum * 0.004, hop * 0.05, new OnFunctions());
          assertThat(error(other, falling)).isGreaterThanOrEqualTo(best);
        }
      }
    }
  }

  private static double error(StepModel model, List<Measurement> measurements) {
    return measurements.stream()
        .mapToDouble(m -> Math.pow(model.seconds(m.structure()) / m.seconds() - 1, 2))
        .sum();
  }

  @Test
  void tooFewMeasurementsAreRefused() {
    StepModel truth = new StepModel(7, 0.2, 0.5, new OnFunctions());

    assertThatExceptionOfType(UndeterminedModelException.class)
        .isThrownBy(() -> ModelFit.of(truth.placement(), measured(truth).subList(0, 3)))
        .withMessage(
            "there are 3 measurements, must be at least 4: three constants, and one check");
  }

  @Test
  void equalHopsDoNotTellTheHop() {
    assertThatExceptionOfType(UndeterminedModelException.class)
        .isThrownBy(() -> fitOf("1-2-100", "1-10-100", "1-25-100", "1-50-100"))
        .withMessage(
            "per hop cannot be determined: all structures have 2 hops. Measure also [1,100]");
  }

  @Test
  void equalSumsDoNotTellTheSum() {
    assertThatExceptionOfType(UndeterminedModelException.class)
        .isThrownBy(() -> fitOf("1-16", "1-1-15", "1-1-1-14", "1-16"))
        .withMessageStartingWith(
            "per sum cannot be determined: all structures have 16 sums. Measure")
        .withMessageContaining("also [1,4,16]");
  }

  @Test
  void repetitionsOfOneStructureTellNothing() {
    assertThatExceptionOfType(UndeterminedModelException.class)
        .isThrownBy(() -> fitOf("1-100", "1-100", "1-100", "1-100"))
        .withMessage(
            "per sum cannot be determined: all structures have 100 sums; per hop cannot be determined: all"
                + " structures have 1 hops. Measure also [1,10,100] and [1,5,25,100]");
  }

  @Test
  void sumsThatFollowTheHopsDoNotTellThemApart() {
    assertThatExceptionOfType(UndeterminedModelException.class)
        .isThrownBy(() -> fitOf("1-100", "1-10-100", "1-100", "1-10-100"))
        .withMessage(
            "per sum and per hop cannot be separated: sums and hops of the structures are"
                + " linearly dependent. Measure also [1,5,25,100]");
  }

  @Test
  void withoutTheOnlyFlatStructureItCannotBePredicted() throws Exception {
    StepModel truth = new StepModel(7, 0.2, 0.5, new OnFunctions());
    List<Measurement> measurements =
        Stream.of("1-100", "1-2-100", "1-10-100", "1-25-100")
            .map(Structure::parse)
            .map(s -> new Measurement(s, truth.seconds(s)))
            .toList();

    ModelFit fit = ModelFit.of(truth.placement(), measurements);

    assertThat(fit.rows().get(0).leaveOneOut()).isEmpty();
    assertThat(fit.rows().get(1).leaveOneOut()).isPresent();
    assertThat(fit.looRmse()).isCloseTo(0, within(1e-9));
  }

  private static void fitOf(String... structures) throws UndeterminedModelException {
    ModelFit.of(
        new OnFunctions(),
        Stream.of(structures).map(s -> new Measurement(Structure.parse(s), 1)).toList());
  }
}
