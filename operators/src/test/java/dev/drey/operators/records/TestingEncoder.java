package dev.drey.operators.records;

import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes examples of a {@link TestingTopic}'s records. What it learns is how many examples there
 * were, and it shows in every example, so that one that is encoded twice is not the same.
 */
public final class TestingEncoder implements Encoder {

  /** Numbers of an example: its partition, its offset, what was learnt, and some more. */
  public static final int FEATURES = 6;

  public static final int LABELS = 2;
  private static final int MALFORMED = 7;
  private static final int HELD_OUT = 11;

  private final boolean holdsOut;
  private long learnt;

  private TestingEncoder(boolean holdsOut, long learnt) {
    this.holdsOut = holdsOut;
    this.learnt = learnt;
  }

  /**
   * Makes them.
   *
   * @param holdsOut whether some are held out
   */
  public record Maker(boolean holdsOut) implements Factory {

    private static final long serialVersionUID = 1L;

    @Override
    public Encoder open(byte @Nullable [] learnt) {
      return new TestingEncoder(holdsOut, learnt == null ? 0 : ByteBuffer.wrap(learnt).getLong());
    }

    @Override
    public int features() {
      return FEATURES;
    }

    @Override
    public int labels() {
      return LABELS;
    }
  }

  static RawRecord record(Position position) {
    byte[] value = isMalformed(position.offset()) ? new byte[] {1} : new byte[Long.BYTES];
    if (value.length == Long.BYTES) {
      ByteBuffer.wrap(value).putLong(position.offset());
    }
    return new RawRecord(position, 1000 + position.offset(), null, value);
  }

  /** Whether no example can be made of a record. */
  public static boolean isMalformed(long offset) {
    return offset % MALFORMED == 3;
  }

  /** Whether a record is held out, if any are. */
  public static boolean isHeldOut(long offset) {
    return !isMalformed(offset) && offset % HELD_OUT == 5;
  }

  @Override
  public Example encode(RawRecord record) throws RejectedRecordException {
    byte[] value = record.value();
    if (value == null || value.length != Long.BYTES) {
      throw new RejectedRecordException(
          "the value has " + (value == null ? 0 : value.length) + " bytes, must have 8");
    }
    learnt++;
    long offset = ByteBuffer.wrap(value).getLong();
    int partition = Integer.parseInt(record.position().partition().substring(1));
    SplittableRandom random = new SplittableRandom(1000 * offset + partition);
    float[] features = {
      partition,
      offset,
      learnt,
      (float) random.nextDouble(-1, 1),
      (float) random.nextDouble(-1, 1),
      (float) random.nextDouble(-1, 1)
    };
    float[] labels = {(float) random.nextDouble(-1, 1), (float) random.nextDouble(-1, 1)};
    return new Example(features, labels, holdsOut && isHeldOut(offset));
  }

  @Override
  public byte[] learnt() {
    return ByteBuffer.allocate(Long.BYTES).putLong(learnt).array();
  }
}
