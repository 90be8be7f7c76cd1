package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.alarm.Alarms;
import java.time.Duration;
import java.util.Optional;

/**
 * What all invocations for one slot have in common: how they are numbered, how long they are
 * wanted, and what they cost together. Thread-safe.
 */
final class Errand {

  private final Alarms alarms;
  private final LateBills lateBills;
  private final long admitted;
  private final Duration length;

  private int attempts;
  private Tally cost = Tally.ZERO;
  private Optional<WorkerException> failure = Optional.empty();
  private boolean settled;
  private boolean over;

  /**
   * Begins now.
   *
   * @param length after which nothing is sent, nor waited for, any more
   */
  Errand(Alarms alarms, LateBills lateBills, Duration length) {
    this.alarms = alarms;
    this.lateBills = lateBills;
    this.admitted = alarms.nanoTime();
    this.length = length;
  }

  /** The number of the next attempt, from 1. */
  synchronized int nextAttempt() {
    return ++attempts;
  }

  /** Attempts so far. */
  synchronized int attempts() {
    return attempts;
  }

  /** Time left, at least 0. */
  Duration left() {
    Duration left = length.minusNanos(alarms.nanoTime() - admitted);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Ends it; true for who is the first to do so, and thereby decides what comes of the slot. */
  synchronized boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  /** Whether there is no sense in another attempt. */
  boolean isOver() {
    synchronized (this) {
      if (over) {
        return true;
      }
    }
    return left().isZero();
  }

  /** An attempt has failed. */
  synchronized void failed(WorkerException reason) {
    failure = Optional.of(reason);
  }

  /** How the last attempt failed that did. */
  synchronized Optional<WorkerException> failure() {
    return failure;
  }

  /** An invocation has ended. */
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

  /** What the slot's sum is to carry; what is paid from now on is late. */
  synchronized Tally settle() {
    settled = true;
    return cost.plus(lateBills.take());
  }
}
