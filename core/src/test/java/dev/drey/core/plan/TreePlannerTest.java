package dev.drey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TreePlannerTest {

  /** What Feng et al.'s measurements of case B come to, seconds per iteration. */
  private static final StepModel CASE_B = new StepModel(17.10, 0.702, 4.255, new OnFunctions());

  /** Sums of the same numbers in two orders: a few roundings of 2^-53 each, far below this. */
  private static final double ROUNDING = 1e-12;

  @Test
  void theBestStructureForThePapersCaseBIsOneItsAuthorsNeverMeasured() {
    TreePlanner planner = TreePlanner.upTo(100, CASE_B);

    assertThat(planner.structure(100)).isEqualTo(Structure.of(1, 10, 100));
    assertThat(planner.seconds(100)).isEqualTo(CASE_B.seconds(Structure.of(1, 10, 100)));
    assertThat(planner.seconds(100)).isLessThan(CASE_B.seconds(Structure.ruleOfThumb(100)));
  }

  static List<Placement> placements() {
    List<Placement> placements = new ArrayList<>(List.of(new OnFunctions()));
    for (int tasks : new int[] {1, 2, 3, 4, 7, 8, 16, 100}) {
      for (int shards : new int[] {1, 2, 3, 4, 9}) {
        placements.add(new OnTasks(tasks, shards));
      }
    }
    return placements;
  }

  static Stream<StepModel> models() {
    return placements().stream()
        .flatMap(
            p ->
                Stream.of(
                    new StepModel(0, 0, 0, p),
                    new StepModel(3, 1, 0, p),
                    new StepModel(0, 0, 1, p),
                    new StepModel(7.12, 0.169, 0.528, p),
                    new StepModel(17.10, 0.702, 4.255, p),
                    new StepModel(0.5, 0.01, 1, p),
                    new StepModel(0.5, 0.3, 0.001, p)));
  }

  /** Without the cost of hops too many trees are too good to be left early. */
  @ParameterizedTest
  @MethodSource("models")
  void noTreeIsBetter(StepModel model) {
    int upTo = model.perHop() < model.perSum() ? 24 : 64;
    TreePlanner planner = TreePlanner.upTo(upTo, model);
    for (int slots = 2; slots <= upTo; slots++) {
      double least = EveryTree.leastSeconds(slots, model);
      assertThat(planner.seconds(slots))
          .as("%d slots, %s", slots, planner.structure(slots))
          .isCloseTo(least, within(ROUNDING * least));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void ofTreesAsGoodAsEachOtherTheOneWithFewerLevelsThenSmallerOnesIsTaken(StepModel model) {
    TreePlanner planner = TreePlanner.upTo(10, model);
    for (int slots = 2; slots <= 10; slots++) {
      List<Structure> best = new ArrayList<>();
      double atMost = planner.seconds(slots) * (1 + ROUNDING);
      EveryTree.shrinking(
          slots,
          tree -> {
            if (model.seconds(tree) <= atMost) {
              best.add(tree);
            }
          });
      best.sort(Comparator.comparing(Structure::levels).thenComparing(TreePlannerTest::fromSlots));
      assertThat(planner.structure(slots)).isEqualTo(best.get(0));
    }
  }

  /** The sizes from the slots to the root, as text that sorts like them below 128. */
  private static String fromSlots(Structure structure) {
    StringBuilder text = new StringBuilder();
    for (int level = 0; level <= structure.levels(); level++) {
      text.append((char) structure.nodes(level));
    }
    return text.toString();
  }

  /** Everything that {@link Placement#moreNodes} and {@link Placement#mostNodes} leave out. */
  @ParameterizedTest
  @MethodSource("models")
  void nothingThatIsLeftOutIsBetter(StepModel model) {
    int upTo = 300;
    double[] high = leastAbove(Placement.HIGH, upTo, model, null);
    double[] second = leastAbove(2, upTo, model, high);
    double[] first = leastAbove(1, upTo, model, second);
    TreePlanner planner = TreePlanner.upTo(upTo, model);
    for (int slots = 2; slots <= upTo; slots++) {
      double least = model.base() + first[slots];
      assertThat(planner.seconds(slots)).isCloseTo(least, within(ROUNDING * least));
    }
  }

  private static double[] leastAbove(int level, int upTo, StepModel model, double[] next) {
    double[] least = new double[upTo + 1];
    for (int below = 2; below <= upTo; below++) {
      least[below] = Double.POSITIVE_INFINITY;
      for (int nodes = 1; nodes <= (next == null ? below - 1 : below); nodes++) {
        double above = (next == null ? least : next)[nodes];
        least[below] = Math.min(least[below], model.seconds(level, below, nodes) + above);
      }
    }
    return least;
  }

  @ParameterizedTest
  @MethodSource("placements")
  void placementsKeepTheRulesThatThePlannerBuildsOn(Placement placement) {
    for (int level = 1; level <= Placement.HIGH; level++) {
      for (int below = 2; below <= 40; below++) {
        for (int nodes = 1; nodes <= below; nodes++) {
          double sums = placement.sums(level, below, nodes);
          assertThat(sums).isLessThanOrEqualTo(placement.sums(level, below + 1, nodes));
          if (level >= 2) {
            assertThat(sums).isLessThanOrEqualTo(placement.sums(level + 1, below, nodes));
            assertThat(placement.hops(level, nodes))
                .isLessThanOrEqualTo(placement.hops(level + 1, nodes));
          }
          if (level == Placement.HIGH) {
            assertThat(sums).isEqualTo(placement.sums(level + 1, below, nodes));
          }
        }
      }
    }
  }

  @Test
  void oneComputationServesEveryNumberOfSlots() {
    TreePlanner planner = TreePlanner.upTo(10_000, CASE_B);
    for (int slots : new int[] {2, 10, 100, 999, 10_000}) {
      TreePlanner own = TreePlanner.upTo(slots, CASE_B);
      assertThat(planner.structure(slots)).isEqualTo(own.structure(slots));
    }
    assertThat(planner.structure(1)).isEqualTo(Structure.of(1, 1));
    assertThat(planner.seconds(1)).isEqualTo(17.10 + 0.702 + 4.255);
  }

  @Test
  void numbersOfSlotsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> TreePlanner.upTo(0, CASE_B))
        .hasMessage("trees up to 0 slots, must be at least 1");
    assertThatThrownBy(() -> TreePlanner.upTo(100, CASE_B).structure(101))
        .hasMessage("101 slots, must be 1 to 100");
    assertThatThrownBy(() -> TreePlanner.upTo(100, CASE_B).seconds(0))
        .hasMessage("0 slots, must be 1 to 100");
  }
}
