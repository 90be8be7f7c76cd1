package dev.drey.core.parameters;

import java.io.Serializable;

/**
 * How the flat parameter vector is cut among the keys of the parameter server. The cut depends on
 * the vector alone, never on the parallelism, so that state can be restored at any.
 *
 * @param parameters length of the vector, at least 1
 * @param count number of shards, at least 1
 */
public record Shards(int parameters, int count) implements Serializable {

  /** Half a megabyte: large enough to be one cheap object, small enough to share out. */
  private static final int USUAL_LENGTH = 131_072;

  public Shards {
    if (parameters < 1 || count < 1 || count > parameters) {
      throw new IllegalArgumentException(
          count + " shards of " + parameters + " parameters, must be 1 to as many as parameters");
    }
  }

  /** The usual cut: about half a megabyte each. */
  public static Shards of(int parameters) {
    return new Shards(parameters, Math.max(1, Math.round((float) parameters / USUAL_LENGTH)));
  }

  public Range range(int shard) {
    return Range.part(parameters, count, shard);
  }

  /** The shard whose range holds this parameter. */
  public int shardOf(int parameter) {
    return (int) (((long) count * (parameter + 1) - 1) / parameters);
  }
}
