package dev.drey.operators.dispatch;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The permits of a loop's dispatch tasks in this process. Each task brings its share and may use
 * all: so a worker that hangs does not hold the only permit of its task, and an attempt can be
 * hedged while any permit is free. Thread-safe.
 */
final class PermitPool {

  /** By loop. A pool is removed with its last task. */
  private static final Map<String, PermitPool> POOLS = new HashMap<>();

  private final Queue<Waiting> queue = new ArrayDeque<>();
  private int permits;
  private int used;
  private int tasks;

  private record Waiting(Permits task, Runnable action) {}

  /**
   * The pool of a loop, for one more task.
   *
   * @param loop the same for the tasks of a loop, and for no others
   */
  static PermitPool join(String loop) {
    synchronized (POOLS) {
      PermitPool pool = POOLS.computeIfAbsent(loop, name -> new PermitPool());
      pool.tasks++;
      return pool;
    }
  }

  /** A task gives the pool of its loop back. */
  static void leave(String loop) {
    synchronized (POOLS) {
      POOLS.computeIfPresent(loop, (name, pool) -> --pool.tasks == 0 ? null : pool);
    }
  }

  /** A task brings permits. */
  synchronized void bring(int count) {
    permits += count;
  }

  /** A task takes its permits back, those in use included, and what it has queued. */
  synchronized void withdraw(Permits task, int count) {
    permits -= count;
    used -= task.inUse;
    task.inUse = 0;
    task.closed = true;
    queue.removeIf(waiting -> waiting.task == task);
  }

  /** Takes a permit for a task if one is free; the queue is empty then. */
  synchronized boolean tryAcquire(Permits task) {
    if (task.closed || used >= permits) {
      return false;
    }
    used++;
    task.inUse++;
    return true;
  }

  /** Takes a permit for a task and returns true, or queues the action unless the task is closed. */
  synchronized boolean acquireOrQueue(Permits task, Runnable action) {
    if (tryAcquire(task)) {
      return true;
    }
    if (!task.closed) {
      queue.add(new Waiting(task, action));
    }
    return false;
  }

  /** Takes a task's permit back. */
  synchronized void release(Permits task) {
    if (!task.closed) { // else they were withdrawn
      used--;
      task.inUse--;
    }
  }

  /** The next action of the queue, which has its permit now; null if it has to wait. */
  synchronized @Nullable Runnable next() {
    if (used >= permits) {
      return null;
    }
    Waiting next = queue.poll();
    if (next == null) {
      return null;
    }
    used++;
    next.task.inUse++;
    return next.action;
  }

  synchronized int waiting() {
    return queue.size();
  }
}
