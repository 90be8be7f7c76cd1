package dev.drey.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.work.Round;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepPlanTest {

  @Test
  void slotsGetTheirMiniBatchesOfAShuffledEpoch() {
    StepPlan plan = plan(100, 2, 16, new StepPlan.Length.Epochs(3));

    assertThat(plan.stepsPerEpoch()).isEqualTo(4); // 32 rows a step, the last one has 4
    assertThat(plan.steps()).isEqualTo(12);
    RowBatch batch = plan.training(5, 1);
    assertThat(batch.step()).isEqualTo(5);
    assertThat(batch.slot()).isEqualTo(1);
    assertThat(batch.round().kind()).isEqualTo(Round.Kind.TRAINING);
    assertThat(batch.epoch()).isEqualTo(1);
    assertThat(batch.rows()).hasSize(16).isNotEqualTo(plan.training(1, 1).rows());
  }

  @Test
  void everyEpochTakesEachTrainingRowOnce() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 50; round++) {
      int rows = random.nextInt(1, 200);
      int slots = random.nextInt(1, 12);
      int miniBatch = random.nextInt(1, 20);
      StepPlan plan = plan(rows, slots, miniBatch, new StepPlan.Length.Epochs(2));
      for (int epoch = 0; epoch < 2; epoch++) {
        List<Integer> seen = new ArrayList<>();
        for (long i = 0; i < plan.stepsPerEpoch(); i++) {
          long step = epoch * plan.stepsPerEpoch() + i;
          assertThat(plan.epochOf(step)).isEqualTo(epoch);
          for (int slot = 0; slot < slots; slot++) {
            int[] batch = plan.training(step, slot).rows();
            assertThat(batch.length).isLessThanOrEqualTo(miniBatch);
            IntStream.of(batch).forEach(seen::add);
          }
        }
        // The training rows are 1000, 1001, ...: rows of the data set, not their places.
        assertThat(seen)
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(1000, 1000 + rows).boxed().toList());
      }
    }
  }

  @Test
  void theLastStepOfAnEpochIsSharedOutEvenly() {
    StepPlan plan = plan(35, 4, 8, new StepPlan.Length.Epochs(1));

    assertThat(IntStream.range(0, 4).map(slot -> plan.training(1, slot).rows().length))
        .containsExactly(0, 1, 1, 1);
  }

  @Test
  void aStepIsTheSameWheneverItIsAskedFor() {
    StepPlan inOrder = plan(100, 3, 7, new StepPlan.Length.Epochs(4));
    List<int[]> batches = new ArrayList<>();
    for (long step = 0; step < inOrder.steps(); step++) {
      for (int slot = 0; slot < 3; slot++) {
        batches.add(inOrder.training(step, slot).rows());
      }
    }
    StepPlan anyOrder = plan(100, 3, 7, new StepPlan.Length.Epochs(4));
    for (int at : Permutation.of(batches.size(), 5)) {
      assertThat(anyOrder.training(at / 3, at % 3).rows()).isEqualTo(batches.get(at));
    }
  }

  @Test
  void theExamplesOfTheFirstStepsAreThoseOfTheirSlots() {
    for (int slots : new int[] {1, 2, 7}) {
      StepPlan plan = plan(50, slots, 6, new StepPlan.Length.Epochs(3));
      long examples = 0;
      for (long step = 0; step < plan.steps(); step++) {
        assertThat(plan.examples(step)).isEqualTo(examples);
        for (int slot = 0; slot < slots; slot++) {
          examples += plan.training(step, slot).rows().length;
        }
      }
      assertThat(plan.examples(plan.steps())).isEqualTo(examples).isEqualTo(150);
    }
  }

  @Test
  void theSeedDecidesTheOrder() {
    StepPlan.Length length = new StepPlan.Length.Epochs(1);
    int[] rows = IntStream.range(0, 50).toArray();
    StepPlan one = new StepPlan(new StepPlan.Settings(rows, new int[0], 1, 50, 1, length));
    StepPlan two = new StepPlan(new StepPlan.Settings(rows, new int[0], 1, 50, 2, length));

    assertThat(one.training(0, 0).rows()).isNotEqualTo(two.training(0, 0).rows());
  }

  @Test
  void aRunMayEndWithinAnEpoch() {
    StepPlan plan = plan(100, 2, 10, new StepPlan.Length.Steps(7));

    assertThat(plan.steps()).isEqualTo(7);
    assertThat(plan.epochOf(6)).isEqualTo(1);
    assertThat(IntStream.rangeClosed(0, 8).filter(plan::evaluatesAt)).containsExactly(5, 7);
  }

  @Test
  void evaluationComesAfterEachEpochAndTakesEveryTestRow() {
    StepPlan plan = plan(100, 3, 10, new StepPlan.Length.Epochs(2));

    assertThat(IntStream.rangeClosed(0, 9).filter(plan::evaluatesAt)).containsExactly(4, 8);
    List<Integer> seen = new ArrayList<>();
    for (int slot = 0; slot < 3; slot++) {
      RowBatch batch = plan.evaluation(8, slot);
      assertThat(batch.round().kind()).isEqualTo(Round.Kind.EVALUATION);
      assertThat(batch.step()).isEqualTo(8);
      assertThat(batch.epoch()).isEqualTo(1);
      assertThat(batch.rows()).isEqualTo(plan.evaluation(4, slot).rows());
      IntStream.of(batch.rows()).forEach(seen::add);
    }
    assertThat(seen).containsExactly(7, 8, 9, 10, 11);
  }

  @Test
  void withoutTestRowsNothingIsEvaluated() {
    StepPlan plan =
        new StepPlan(
            new StepPlan.Settings(
                new int[] {1, 2}, new int[0], 1, 1, 0, new StepPlan.Length.Epochs(1)));

    assertThat(plan.evaluatesAt(2)).isFalse();
  }

  @Test
  void aPlanSurvivesSerialization() throws Exception {
    StepPlan plan = plan(40, 2, 5, new StepPlan.Length.Epochs(3));
    int[] rows = plan.training(0, 1).rows(); // epoch 0 is held, and must not be believed after
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((StepPlan) in.readObject()).training(0, 1).rows()).isEqualTo(rows);
    }
  }

  @Test
  void moreSlotsThanRowsAndHugeMiniBatchesAreNoTrouble() {
    StepPlan plan = plan(3, 1000, Integer.MAX_VALUE, new StepPlan.Length.Epochs(2));

    assertThat(plan.steps()).isEqualTo(2);
    assertThat(IntStream.range(0, 1000).map(slot -> plan.training(1, slot).rows().length).sum())
        .isEqualTo(3);
  }

  @Test
  void whatCannotBePlannedIsRefused() {
    StepPlan.Length one = new StepPlan.Length.Epochs(1);
    assertThatThrownBy(() -> plan(0, 1, 1, one))
        .hasMessage("there are 0 rows to train on, must be at least 1");
    assertThatThrownBy(() -> plan(1, 0, 1, one)).hasMessage("slots is 0, must be at least 1");
    assertThatThrownBy(() -> plan(1, 1, 0, one)).hasMessage("mini-batch is 0, must be at least 1");
    assertThatThrownBy(() -> new StepPlan.Length.Epochs(0))
        .hasMessage("epochs is 0, must be at least 1");
    assertThatThrownBy(() -> new StepPlan.Length.Steps(0))
        .hasMessage("steps is 0, must be at least 1");
    assertThatThrownBy(() -> plan(1, 1, 1, new StepPlan.Length.Steps(Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs");
    StepPlan plan = plan(10, 2, 5, one);
    assertThatThrownBy(() -> plan.training(1, 0)).hasMessage("step is 1, must be in [0, 1)");
    assertThatThrownBy(() -> plan.training(0, 2)).hasMessage("slot is 2, must be in [0, 2)");
    assertThatThrownBy(() -> plan.evaluation(0, 0)).hasMessage("version is 0, must be in [1, 1]");
  }

  private static StepPlan plan(int rows, int slots, int miniBatch, StepPlan.Length length) {
    return new StepPlan(
        new StepPlan.Settings(
            IntStream.range(1000, 1000 + rows).toArray(),
            new int[] {7, 8, 9, 10, 11},
            slots,
            miniBatch,
            42,
            length));
  }
}
