package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.data.Batch;
import dev.drey.core.data.RowBatch;
import dev.drey.core.parameters.Range;
import dev.drey.core.work.Round;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlotExamplesTest {

  private static final Dropped OF_STEP_1 = owed(1, 2, 9, 4);
  private static final Dropped OF_STEP_2 = owed(2, 2, 30);
  private static final Dropped OF_ANOTHER_SLOT = owed(2, 3, 31);

  private final SlotExamples examples =
      SlotExamples.of(Runs.training(4, 2), List.of(OF_STEP_1, OF_ANOTHER_SLOT, OF_STEP_2));

  @Test
  void whatASlotIsOwedComesAfterItsOwn() {
    assertThat(rows(examples.all())).containsExactly(4, 5, 6, 7, 8, 9, 4, 30);
    assertThat(examples.all().slot()).isEqualTo(2);
    assertThat(examples.round()).isEqualTo(Round.training(4));
    assertThat(examples.count()).isEqualTo(8);
  }

  @Test
  void partsAreTakenByTheirPlaces() {
    assertThat(rows(examples.at(new Range(4, 7)))).containsExactly(8, 9, 4);
    assertThat(rows(examples.without(Set.of(0, 5)))).containsExactly(5, 6, 7, 8, 4, 30);
    assertThat(rows(examples.without(Set.of()))).isEqualTo(rows(examples.all()));
  }

  @Test
  void lossesGoBackToWhereTheyCameFrom() {
    SlotExamples.Loss faulty = new SlotExamples.Loss(DropReason.FAULTY, "boom");
    SlotExamples.Loss late = new SlotExamples.Loss(DropReason.LATE, "slow");

    List<Dropped> dropped =
        examples.dropped(new TreeMap<>(Map.of(0, faulty, 1, late, 3, faulty, 6, faulty, 7, late)));

    assertThat(dropped)
        .containsExactly(
            dropped(DropReason.FAULTY, 4, "boom", 4, 7),
            dropped(DropReason.LATE, 4, "slow", 5),
            dropped(DropReason.FAULTY, 1, "boom", 4),
            dropped(DropReason.LATE, 2, "slow", 30));
  }

  @Test
  void nothingLostIsNothingDropped() {
    assertThat(examples.dropped(new TreeMap<>())).isEmpty();
  }

  private static Dropped owed(long step, int slot, int... rows) {
    return new Dropped(DropReason.LATE, Round.training(step), slot, rows, "late");
  }

  private static Dropped dropped(DropReason reason, long step, String message, int... rows) {
    return new Dropped(reason, Round.training(step), 2, rows, message);
  }

  private static int[] rows(Batch batch) {
    return ((RowBatch) batch).rows();
  }
}
