package dev.drey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSetPlannerTest {

  private static final ModelOptions SMALL =
      new ModelOptions(
          "small",
          List.of(
              new ModelOption(1, 512, 100, 0.10),
              new ModelOption(2, 512, 60, 0.12),
              new ModelOption(4, 512, 40, 0.16)));

  private static final ModelOptions LARGE =
      new ModelOptions(
          "large",
          List.of(
              new ModelOption(2, 1769, 200, 1.00),
              new ModelOption(4, 1769, 110, 1.10),
              new ModelOption(8, 1769, 70, 1.40)));

  @Test
  void theLargerModelGetsMoreWorkers() {
    ModelSetPlanner planner = new ModelSetPlanner(List.of(SMALL, LARGE), 9);

    ModelSetPlan fastest = planner.fastest();
    assertThat(fastest.chosen())
        .as("a second worker for the small model would make the large one later")
        .containsExactly(new ModelOption(1, 512, 100, 0.10), new ModelOption(8, 1769, 70, 1.40));
    assertThat(fastest.seconds()).isEqualTo(100);

    ModelSetPlan cheapest = planner.cheapestWithin(110);
    assertThat(cheapest.chosen())
        .containsExactly(new ModelOption(1, 512, 100, 0.10), new ModelOption(4, 1769, 110, 1.10));
    assertThat(planner.cheapest().dollars()).isEqualTo(0.10 + 1.00);
    assertThat(planner.cheapest().workers()).isEqualTo(3);
  }

  /** Tries every combination. Costs are coarse, so that there are ties. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noCombinationIsBetterThanThePlanners(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ModelOptions> models =
        IntStream.range(0, random.nextInt(1, 5))
            .mapToObj(i -> new ModelOptions("m" + i, options(random)))
            .toList();
    int workers = random.nextInt(4 * models.size(), 6 * models.size());
    ModelSetPlanner planner = new ModelSetPlanner(models, workers);
    List<ModelSetPlan> all =
        combinations(models).stream().filter(plan -> plan.workers() <= workers).toList();

    ModelSetPlan fastest = planner.fastest();
    ModelSetPlan bestByForce =
        best(all, Comparator.comparing(ModelSetPlan::seconds), ModelSetPlan::dollars);
    assertThat(fastest.seconds()).isEqualTo(bestByForce.seconds());
    assertThat(fastest.dollars()).isEqualTo(bestByForce.dollars());
    assertThat(fastest.workers()).isEqualTo(bestByForce.workers());

    for (int i = 0; i < 10; i++) {
      double deadline = all.get(random.nextInt(all.size())).seconds();
      ModelSetPlan cheapest = planner.cheapestWithin(deadline);
      ModelSetPlan byForce =
          best(
              all.stream().filter(plan -> plan.seconds() <= deadline).toList(),
              Comparator.comparing(ModelSetPlan::dollars),
              ModelSetPlan::workers);
      assertThat(cheapest.dollars()).isEqualTo(byForce.dollars());
      assertThat(cheapest.workers()).isEqualTo(byForce.workers());
      assertThat(cheapest.seconds()).isLessThanOrEqualTo(deadline);
      assertThat(all).contains(cheapest);
    }
  }

  private static List<ModelOption> options(SplittableRandom random) {
    List<ModelOption> options = new ArrayList<>();
    options.add(new ModelOption(random.nextInt(1, 5), 128, random.nextInt(1, 20), 8));
    int more = random.nextInt(7);
    for (int i = 0; i < more; i++) {
      options.add(
          new ModelOption(
              random.nextInt(1, 9),
              random.nextInt(128, 10_241),
              random.nextInt(1, 20),
              random.nextInt(1, 9)));
    }
    return options;
  }

  private static List<ModelSetPlan> combinations(List<ModelOptions> models) {
    List<List<ModelOption>> chosen = List.of(List.of());
    for (ModelOptions model : models) {
      List<List<ModelOption>> longer = new ArrayList<>();
      for (List<ModelOption> start : chosen) {
        for (ModelOption option : model.options()) {
          List<ModelOption> next = new ArrayList<>(start);
          next.add(option);
          longer.add(next);
        }
      }
      chosen = longer;
    }
    return chosen.stream().map(ModelSetPlan::new).toList();
  }

  private static <T extends Comparable<T>> ModelSetPlan best(
      List<ModelSetPlan> plans, Comparator<ModelSetPlan> first, Function<ModelSetPlan, T> then) {
    return plans.stream()
        .min(first.thenComparing(then).thenComparing(ModelSetPlan::workers))
        .orElseThrow();
  }

  @Test
  void tooFewWorkersAreRefusedWithHowManySuffice() {
    assertThatThrownBy(() -> new ModelSetPlanner(List.of(SMALL, LARGE), 2))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage("2 workers are too few for 2 models; the fewest that suffice are 3");
    assertThat(new ModelSetPlanner(List.of(SMALL, LARGE), 3).fastest().seconds()).isEqualTo(200);
  }

  @Test
  void aDeadlineThatCannotBeMetComesWithTheEarliestThatCan() {
    ModelSetPlanner planner = new ModelSetPlanner(List.of(SMALL, LARGE), 9);

    assertThatThrownBy(() -> planner.cheapestWithin(80))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage(
            "to end within 80 s 2 models need at least 10 workers, there are 9;"
                + " the earliest deadline that all 2 models meet with 9 workers is 100 s");
    assertThatThrownBy(() -> planner.cheapestWithin(69.5))
        .hasMessage(
            "model large does not end within 69.5 s with any number of workers, its fastest takes"
                + " 70 s; the earliest deadline that all 2 models meet with 9 workers is 100 s");
    assertThat(planner.cheapestWithin(100).seconds()).isEqualTo(100);
  }

  @Test
  void wrongInputsAreRefused() {
    assertThatThrownBy(() -> new ModelOptions("a", List.of()))
        .hasMessage("model a has 0 options, must have at least 1");
    assertThatThrownBy(() -> new ModelSetPlanner(List.of(), 3))
        .hasMessage("number of models is 0, must be at least 1");
    assertThatThrownBy(() -> new ModelSetPlanner(List.of(SMALL), 0))
        .hasMessage("workers is 0, must be at least 1");
    assertThatThrownBy(() -> new ModelOption(1, 512, Double.NaN, 1))
        .hasMessage("seconds is NaN, must be at least 0 and finite");
    assertThatThrownBy(() -> new ModelSetPlanner(List.of(SMALL), 3).cheapestWithin(-1))
        .hasMessage("the deadline in seconds is -1.0, must be above 0 and finite");
  }
}
