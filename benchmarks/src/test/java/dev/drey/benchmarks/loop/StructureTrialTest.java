package dev.drey.benchmarks.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.StepModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureTrialTest {

  private static final OnTasks TASKS = new OnTasks(2, 10);
  private static final StepModel LOOP = new StepModel(0.011, 0.002, 0.0034, TASKS);

  @Test
  void aLoopThatKeepsToTheModelIsPredictedAndItsBestStructureChosen() throws Exception {
    StructureTrial trial = new StructureTrial(tree -> 1000 * LOOP.seconds(tree), TASKS, 3);

    StructureTrial.Result result = trial.run(StructureTrial.structures(100));

    assertThat(result.rows()).hasSize(12);
    assertThat(result.medianError()).isCloseTo(0, within(1e-9));
    assertThat(LOOP.seconds(result.choice())).isLessThanOrEqualTo(LOOP.seconds(result.best()));
    assertThat(result.choiceOverBest()).isCloseTo(1, within(1e-9));
  }

  @Test
  void aChoiceThatTurnsOutSlowerIsToldByItsRatio() throws Exception {
    List<Structure> measured = new ArrayList<>();
    StructureTrial trial =
        new StructureTrial(
            tree -> {
              measured.add(tree);
              // The first that is measured once more is the planner's choice.
              boolean choice = measured.size() > 12 && tree.equals(measured.get(12));
              return 1000 * LOOP.seconds(tree) * (choice ? 1.5 : 1);
            },
            TASKS,
            1);

    StructureTrial.Result result = trial.run(StructureTrial.structures(100));

    assertThat(result.best()).isNotEqualTo(result.choice());
    assertThat(result.choiceOverBest()).isBetween(1.3, 1.5);
  }

  @Test
  void structuresAreMeasuredByTurnsAndTheMedianCounts() throws Exception {
    List<Structure> order = new ArrayList<>();
    StructureTrial trial =
        new StructureTrial(
            tree -> {
              order.add(tree);
              int round = order.size() / 12;
              return 1000 * LOOP.seconds(tree) * (round == 1 ? 7 : 1);
            },
            TASKS,
            3);

    StructureTrial.Result result = trial.run(StructureTrial.structures(100));

    assertThat(order.subList(12, 24)).isEqualTo(order.subList(0, 12));
    assertThat(result.rows().get(3).millis())
        .isCloseTo(1000 * LOOP.seconds(result.rows().get(3).structure()), within(1e-9));
  }

  @Test
  void structuresHaveFewerNodesThanSlots() {
    assertThat(StructureTrial.structures(30))
        .contains(Structure.of(1, 25, 30))
        .allMatch(tree -> tree.slots() == 30)
        .doesNotContain(Structure.of(1, 50, 30 + 20));
  }
}
