package dev.drey.core.drift;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Detects changes of the mean of a sequence, in either direction. Deterministic: the same values
 * give the same shifts, also across {@link #toBytes} and {@link Settings#open}. Not thread-safe.
 */
public sealed interface DriftDetector permits Adwin, PageHinkley {

  /**
   * Adds the next value.
   *
   * @param value in [0, 1]
   * @return the shift that this value revealed, if any; the values before the shift are then
   *     forgotten
   */
  Optional<Shift> add(double value);

  /** The detector's state in a versioned format; the caller owns the array. */
  byte[] toBytes();

  /** The kind and parameters of a detector. */
  sealed interface Settings extends Serializable permits Adwin.Settings, PageHinkley.Settings {

    /**
     * Creates a detector.
     *
     * @param state of an earlier detector, or null; the state of another kind of detector is
     *     ignored
     * @throws IllegalArgumentException if the state has another format version
     */
    DriftDetector open(byte @Nullable [] state);
  }

  /** The kind of detector, which its serialized state names in its header. */
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
     * Header and body of a serialized state.
     *
     * @param length bytes of the body
     */
    byte[] bytes(int length, Consumer<ByteBuffer> body) {
      ByteBuffer buffer = ByteBuffer.allocate(HEAD + length).put(VERSION).put(code);
      body.accept(buffer);
      return buffer.array();
    }

    /** The body of a serialized state; empty if there is no state, or one of another kind. */
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
