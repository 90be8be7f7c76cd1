package dev.drey.core.worker;

import java.io.Serializable;

/**
 * What one invocation cost.
 *
 * @param billedMillis billed function time in milliseconds, as Lambda reports it
 * @param coldStart whether it started a worker
 */
public record Bill(long billedMillis, boolean coldStart) implements Serializable {

  /** An attempt that never reached a worker. */
  public static final Bill NOTHING = new Bill(0, false);
}
