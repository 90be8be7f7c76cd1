package dev.drey.operators.aggregate;

import dev.drey.core.work.Round;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Rounds as bytes: the code of the kind, one byte, then the step. */
public final class RoundFormat {

  private RoundFormat() {}

  public static void write(Round round, DataOutputView out) throws IOException {
    out.writeByte(round.kind().code());
    out.writeLong(round.step());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the kind is unknown
   */
  public static Round read(DataInputView in) throws IOException {
    Round.Kind kind = kind(in.readByte());
    return new Round(kind, in.readLong());
  }

  /**
   * The kind with a code that was read.
   *
   * @throws IOException if there is none
   */
  public static Round.Kind kind(byte code) throws IOException {
    try {
      return Round.Kind.of(code);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Reads the kind as it was written before kinds had codes: whether it is a training step. */
  public static Round.Kind readKindWithoutCode(DataInputView in) throws IOException {
    return in.readBoolean() ? Round.Kind.TRAINING : Round.Kind.EVALUATION;
  }

  /** Reads a round as it was written before kinds had codes. */
  static Round readWithoutCode(DataInputView in) throws IOException {
    Round.Kind kind = readKindWithoutCode(in);
    return new Round(kind, in.readLong());
  }
}
