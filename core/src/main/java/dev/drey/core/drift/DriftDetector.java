package dev.drey.core.drift;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the mean of a sequence has changed, in either direction. The same values give the same
 * shifts, and so do the same values after {@link #toBytes} and {@link Settings#open}. Not
 * thread-safe.
 */
public sealed interface DriftDetector permits Adwin, PageHinkley {

  /**
   * Takes the next value.
   *
   * @param value in [0, 1]
   * @return a shift, if there was one: what was before it is forgotten then
   */
  Optional<Shift> add(double value);

  /** All it remembers, as bytes of a versioned format; the caller's. */
  byte[] toBytes();

  /** What a detector is to be like. */
  sealed interface Settings extends Serializable permits Adwin.Settings, PageHinkley.Settings {

    /**
     * A detector.
     *
     * @param state of one before it, or null. One of another kind is of no use to this: it begins
     *     anew then
     * @throws IllegalArgumentException if the state is of another version
     */
    DriftDetector open(byte @Nullable [] state);
  }

  /** What the bytes of a detector begin with. */
  enum Kind {
    ADWIN(1),
    PAGE_HINKLEY(2);

    static final int HEAD = 2;
    private static final byte VERSION = 1;
    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    /**
     * Head and body.
     *
     * @param length of the body
     */
    byte[] bytes(int length, Consumer<ByteBuffer> body) {
      ByteBuffer buffer = ByteBuffer.allocate(HEAD + length).put(VERSION).put(code);
      body.accept(buffer);
      return buffer.array();
    }

    /** What follows the head; nothing if there is no state, or one of another kind. */
    Optional<ByteBuffer> body(byte @Nullable [] state) {
      if (state == null) {
        return Optional.empty();
      }
      if (state.length < HEAD || state[0] != VERSION) {
        throw new IllegalArgumentException(
            "the state of a drift detector has version "
                + (state.length == 0 ? "none" : state[0])
                + ", this side reads "
                + VERSION);
      }
      return state[1] == code
          ? Optional.of(ByteBuffer.wrap(state, HEAD, state.length - HEAD))
          : Optional.empty();
    }
  }

  /**
   * Checks a value.
   *
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  static void check(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("the value is " + value + ", must be in [0, 1]");
    }
  }
}
