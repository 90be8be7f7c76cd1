package dev.drey.operators.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds how many invocations are in flight, together with the other tasks of the loop in this
 * process. Callers without a permit are queued, without blocking a thread. Thread-safe.
 */
final class Permits {

  /** Permits that a thread released while it was running an action of the queue. */
  private static final Map<Thread, int[]> RELEASED = new ConcurrentHashMap<>();

  /** Of the pool's permits; guarded by the pool. */
  int inUse;

  /** No action is run any more; guarded by the pool. */
  boolean closed;

  private final PermitPool pool;
  private final int count;

  /** Shares them with no other task. */
  Permits(int count) {
    this(count, new PermitPool());
  }

  /**
   * @param count that the task brings
   * @param pool of the loop
   */
  Permits(int count, PermitPool pool) {
    if (count < 1) {
      throw new IllegalArgumentException("permits is " + count + ", must be at least 1");
    }
    this.count = count;
    this.pool = pool;
    pool.bring(count);
  }

  /**
   * Runs the action as soon as there is a permit, which the action holds until {@link #release}. It
   * must not throw.
   */
  void acquire(Runnable action) {
    if (pool.acquireOrQueue(this, action)) {
      action.run();
    }
  }

  /** Takes a permit, until {@link #release}, if one is free; the queue is empty then. */
  boolean tryAcquire() {
    return pool.tryAcquire(this);
  }

  /** Drops what is queued, and takes the permits out of the pool. */
  void close() {
    pool.withdraw(this, count);
    runQueued(); // others may have waited for a permit that this task used
  }

  /** Gives a permit back, or passes it to the next action of the queue. */
  void release() {
    pool.release(this);
    runQueued();
  }

  /**
   * Actions that end at once run one after another, not nested: the queue may be longer than the
   * stack is deep.
   */
  private void runQueued() {
    int[] outer = RELEASED.get(Thread.currentThread());
    if (outer != null) {
      outer[0]++;
      return;
    }
    int[] back = {1};
    RELEASED.put(Thread.currentThread(), back);
    try {
      for (; back[0] > 0; back[0]--) {
        Runnable next = pool.next();
        if (next != null) {
          next.run();
        }
      }
    } finally {
      RELEASED.remove(Thread.currentThread());
    }
  }

  int waiting() {
    return pool.waiting();
  }
}
