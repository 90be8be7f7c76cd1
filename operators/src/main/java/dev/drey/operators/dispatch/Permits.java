package dev.drey.operators.dispatch;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many invocations are in flight. Callers without a permit are queued, without blocking
 * a thread. Thread-safe.
 */
final class Permits {

  private final Queue<Runnable> queue = new ArrayDeque<>();

  /** Permits that a thread released while it was running an action of the queue. */
  private final Map<Thread, int[]> released = new ConcurrentHashMap<>();

  private int free;
  private boolean closed;

  Permits(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("permits is " + count + ", must be at least 1");
    }
    this.free = count;
  }

  /**
   * Runs the action as soon as there is a permit, which the action holds until {@link #release}. It
   * must not throw.
   */
  void acquire(Runnable action) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (free == 0) {
        queue.add(action);
        return;
      }
      free--;
    }
    action.run();
  }

  /** Takes a permit, until {@link #release}, if one is free; the queue is empty then. */
  synchronized boolean tryAcquire() {
    if (closed || free == 0) {
      return false;
    }
    free--;
    return true;
  }

  /** Drops the queue: no action is run any more. */
  synchronized void close() {
    closed = true;
    queue.clear();
  }

  /**
   * Gives a permit back, or hands it to the next action of the queue. Actions that end at once run
   * one after another, not nested: the queue may be longer than the stack is deep.
   */
  void release() {
    int[] outer = released.get(Thread.currentThread());
    if (outer != null) {
      outer[0]++;
      return;
    }
    int[] back = {1};
    released.put(Thread.currentThread(), back);
    try {
      for (; back[0] > 0; back[0]--) {
        Runnable next = nextInQueue();
        if (next != null) {
          next.run();
        }
      }
    } finally {
      released.remove(Thread.currentThread());
    }
  }

  private synchronized @Nullable Runnable nextInQueue() {
    Runnable next = queue.poll();
    if (next == null) {
      free++;
    }
    return next;
  }

  synchronized int waiting() {
    return queue.size();
  }
}
