package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.alarm.Alarms;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the account of all invocations for one slot: numbers the attempts, measures the time left,
 * and sums what they cost. Thread-safe.
 */
final class CallAccount {

  private final Alarms alarms;
  private final LateBills lateBills;
  private final long admitted;
  private final Attempts.Deadlines deadlines;

  private int attempts;
  private long paused;
  private long pausedUntil;
  private Tally cost = Tally.ZERO;
  private Optional<WorkerException> failure = Optional.empty();
  private boolean settled;
  private boolean over;

  /**
   * Starts the clock.
   *
   * @param deadlines that of the slot is the time after which nothing is sent, nor waited for, any
   *     more; that of an attempt limits the {@link #pause}
   */
  CallAccount(Alarms alarms, LateBills lateBills, Attempts.Deadlines deadlines) {
    this.alarms = alarms;
    this.lateBills = lateBills;
    this.admitted = alarms.nanoTime();
    this.deadlines = deadlines;
  }

  /** The number of the next attempt, from 1. */
  synchronized int nextAttempt() {
    return ++attempts;
  }

  /** How many attempts were numbered. */
  synchronized int attempts() {
    return attempts;
  }

  /** Time left, at least 0. */
  synchronized Duration left() {
    Duration left = deadlines.slot().plusNanos(paused).minusNanos(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private long elapsed() {
    return alarms.nanoTime() - admitted;
  }

  /**
   * Does not count the time from now on, for as long as other invocations keep the slot from being
   * computed that nobody waits for any more. All pauses together are no longer than an attempt may
   * be: after so long all such invocations have ended.
   */
  synchronized void pause(Duration length) {
    long now = elapsed();
    long until = now + length.toNanos();
    long added = Math.max(0, until - Math.max(now, pausedUntil));
    paused = Math.min(deadlines.attempt().toNanos(), paused + added);
    pausedUntil = Math.max(pausedUntil, until);
  }

  /** Ends it; true for the first caller, who then decides the outcome of the slot. */
  synchronized boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  /** Whether it was ended or its time is over: another attempt would be useless. */
  boolean isOver() {
    synchronized (this) {
      if (over) {
        return true;
      }
    }
    return left().isZero();
  }

  /** Records the failure of an attempt. */
  synchronized void failed(WorkerException reason) {
    failure = Optional.of(reason);
  }

  /** The failure of the attempt that failed last. */
  synchronized Optional<WorkerException> failure() {
    return failure;
  }

  /** Adds the cost of an invocation that has ended. */
  void pay(Bill bill) {
    Tally price = new Tally(0, 0, 0, 1, bill.coldStart() ? 1 : 0, bill.billedMillis());
    synchronized (this) {
      if (!settled) {
        cost = cost.plus(price);
        return;
      }
    }
    lateBills.add(price);
  }

  /**
   * The cost that the slot's sum carries. Invocations that end later go to the {@link LateBills}.
   */
  synchronized Tally settle() {
    settled = true;
    return cost.plus(lateBills.take());
  }
}
