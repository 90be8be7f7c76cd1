package dev.drey.operators.dispatch;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many invocations are in flight. Who finds no permit waits in line, without a thread.
 * Thread-safe.
 */
final class Permits {

  private final Queue<Runnable> line = new ArrayDeque<>();

  /** Permits that came back to a thread while it was running an action of the line. */
  private final Map<Thread, int[]> cameBack = new ConcurrentHashMap<>();

  private int free;
  private boolean closed;

  Permits(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("permits is " + count + ", must be at least 1");
    }
    this.free = count;
  }

  /**
   * Runs the action as soon as there is a permit, which it holds until {@link #release}. The action
   * must not throw.
   */
  void acquire(Runnable action) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (free == 0) {
        line.add(action);
        return;
      }
      free--;
    }
    action.run();
  }

  /** Takes a permit if one is free, until {@link #release}; nobody waits in line then. */
  synchronized boolean tryAcquire() {
    if (closed || free == 0) {
      return false;
    }
    free--;
    return true;
  }

  /** Sends the line away: nothing more is run. */
  synchronized void close() {
    closed = true;
    line.clear();
  }

  /**
   * Gives a permit back, or hands it to the next in line. Actions that end at once run one after
   * another, not one within another: the line may be longer than the stack is deep.
   */
  void release() {
    int[] outer = cameBack.get(Thread.currentThread());
    if (outer != null) {
      outer[0]++;
      return;
    }
    int[] back = {1};
    cameBack.put(Thread.currentThread(), back);
    try {
      for (; back[0] > 0; back[0]--) {
        Runnable next = nextInLine();
        if (next != null) {
          next.run();
        }
      }
    } finally {
      cameBack.remove(Thread.currentThread());
    }
  }

  private synchronized @Nullable Runnable nextInLine() {
    Runnable next = line.poll();
    if (next == null) {
      free++;
    }
    return next;
  }

  synchronized int waiting() {
    return line.size();
  }
}
