package dev.drey.operators.stream;

import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.operators.minibatch.UnitSplit;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/** What a reader of a stream holds, and keeps in a checkpoint. */
sealed interface StreamSplit extends SourceSplit {

  /**
   * A partition and how far it was read.
   *
   * @param <S> split of the source of records
   * @param split as that source knows it; its id is the partition of its records' positions
   * @param learnt by the partition's encoder up to there; null before its first record
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Partition<S extends SourceSplit>(S split, byte @Nullable [] learnt)
      implements StreamSplit {

    String id() {
      return split.splitId();
    }

    @Override
    public String splitId() {
      return "partition-" + id();
    }
  }

  /**
   * A unit of slots, and what was read for its next mini-batch.
   *
   * @param place the slot that comes next
   * @param waiting examples of its mini-batch so far
   * @param heldOut examples for the next evaluation
   * @param intake what was read since the last mini-batch
   */
  record Unit(
      UnitSplit place, List<PlacedExample> waiting, List<PlacedExample> heldOut, Intake intake)
      implements StreamSplit {

    public Unit {
      waiting = List.copyOf(waiting);
      heldOut = List.copyOf(heldOut);
    }

    /** A unit that starts with the evaluation of a version. */
    static Unit before(int unit, long version) {
      return new Unit(UnitSplit.before(unit, version), List.of(), List.of(), Intake.NONE);
    }

    /** How many steps were begun: the next one counts if it has an example or a finished slot. */
    long stepsBegun() {
      long step = place.round().step();
      return place.round().isTraining() && (place.slot() > 0 || !waiting.isEmpty())
          ? step + 1
          : step;
    }

    @Override
    public String splitId() {
      return place.splitId();
    }
  }
}
