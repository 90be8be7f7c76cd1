package dev.drey.core.worker;

import java.io.Serializable;

/**
 * The bill of one invocation.
 *
 * @param billedMillis billed function time in milliseconds, as Lambda reports it
 * @param coldStart whether the invocation started a new worker
 */
public record Bill(long billedMillis, boolean coldStart) implements Serializable {

  /** The bill of an attempt that never reached a worker. */
  public static final Bill NOTHING = new Bill(0, false);
}
