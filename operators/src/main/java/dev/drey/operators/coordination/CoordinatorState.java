package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.work.Round;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The coordinator's part of a checkpoint, as bytes that begin with the format's version.
 *
 * @param stoppedAt the version that the run ends at, if that is decided
 * @param stepsOut steps that were admitted for at least one slot
 * @param extraCost of invocations that are not in the totals of the parameter server
 * @param leftOut slots that are left out as late, for rounds in progress
 */
record CoordinatorState(
    OptionalLong stoppedAt, long stepsOut, Tally extraCost, Map<Round, Set<Integer>> leftOut) {

  private static final int VERSION = 2;
  private static final int WITHOUT_CODE = 1; // a 1 for a training step, any other for an evaluation
  private static final long NOT_STOPPED = -1;

  byte[] toBytes() {
    int slots = leftOut.values().stream().mapToInt(Set::size).sum();
    ByteBuffer buffer =
        ByteBuffer.allocate(
            2 * Integer.BYTES
                + 5 * Long.BYTES
                + leftOut.size() * (1 + Long.BYTES + Integer.BYTES)
                + slots * Integer.BYTES);
    buffer.putInt(VERSION).putLong(stoppedAt.orElse(NOT_STOPPED)).putLong(stepsOut);
    buffer
        .putLong(extraCost.invocations())
        .putLong(extraCost.coldStarts())
        .putLong(extraCost.billedMillis());
    buffer.putInt(leftOut.size());
    leftOut.forEach(
        (round, granted) -> {
          buffer.put(round.kind().code()).putLong(round.step());
          buffer.putInt(granted.size());
          granted.forEach(buffer::putInt);
        });
    return buffer.array();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalStateException if it is of a later version
   * @throws IllegalArgumentException if it has a round of unknown kind
   */
  static CoordinatorState of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int version = buffer.getInt();
    if (version != VERSION && version != WITHOUT_CODE) {
      throw new IllegalStateException(
          "the coordinator's state has version " + version + ", this side reads up to " + VERSION);
    }
    long stoppedAt = buffer.getLong();
    long stepsOut = buffer.getLong();
    Tally extraCost = ExtraCost.cost(buffer.getLong(), buffer.getLong(), buffer.getLong());
    Map<Round, Set<Integer>> leftOut = new TreeMap<>();
    for (int rounds = buffer.getInt(); rounds > 0; rounds--) {
      Round.Kind kind = kind(version, buffer.get());
      Set<Integer> slots =
          leftOut.computeIfAbsent(new Round(kind, buffer.getLong()), r -> new TreeSet<>());
      for (int count = buffer.getInt(); count > 0; count--) {
        slots.add(buffer.getInt());
      }
    }
    return new CoordinatorState(
        stoppedAt == NOT_STOPPED ? OptionalLong.empty() : OptionalLong.of(stoppedAt),
        stepsOut,
        extraCost,
        leftOut);
  }

  private static Round.Kind kind(int version, byte code) {
    if (version == WITHOUT_CODE) {
      return code == 1 ? Round.Kind.TRAINING : Round.Kind.EVALUATION;
    }
    return Round.Kind.of(code);
  }
}
