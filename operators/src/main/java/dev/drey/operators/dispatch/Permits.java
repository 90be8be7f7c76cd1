package dev.drey.operators.dispatch;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Bounds how many invocations are in flight. Who finds no permit waits in line, without a thread.
 * Thread-safe.
 */
final class Permits {

  private final Queue<Runnable> line = new ArrayDeque<>();
  private int free;

  Permits(int count) {
    this.free = count;
  }

  /** Runs the action as soon as there is a permit, which it holds until {@link #release}. */
  void acquire(Runnable action) {
    synchronized (this) {
      if (free == 0) {
        line.add(action);
        return;
      }
      free--;
    }
    action.run();
  }

  /** Gives a permit back, or hands it to the next in line. */
  void release() {
    Runnable next;
    synchronized (this) {
      next = line.poll();
      if (next == null) {
        free++;
        return;
      }
    }
    next.run();
  }

  synchronized int waiting() {
    return line.size();
  }
}
