package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import dev.drey.operators.coordination.Admission;
import dev.drey.operators.coordination.StepGate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Asks the coordinator once for all slots of a round. Once a round was refused, every later round
 * is refused without asking, so that a run that stops drains quickly. Thread-safe.
 */
final class SharedGate implements StepGate {

  /** How many rounds are remembered: enough for those that a task computes at once. */
  private static final int REMEMBERED = 64;

  private final StepGate gate;
  private final ConcurrentSkipListMap<Round, CompletableFuture<Admission>> asked =
      new ConcurrentSkipListMap<>();
  private volatile Admission.Stopped stopped = new Admission.Stopped(Long.MAX_VALUE);

  SharedGate(StepGate gate) {
    this.gate = gate;
  }

  @Override
  public CompletableFuture<Admission> await(Round round) {
    Admission.Stopped end = stopped;
    if (round.step() > end.steps()) {
      return CompletableFuture.completedFuture(end);
    }
    CompletableFuture<Admission> admission = asked.computeIfAbsent(round, this::ask);
    if (admission.isCompletedExceptionally()) {
      asked.remove(round, admission);
    }
    while (asked.size() > REMEMBERED) {
      asked.pollFirstEntry();
    }
    return admission;
  }

  @Override
  public CompletableFuture<Admission> republish(Round round, Weights seen) {
    return gate.republish(round, seen);
  }

  @Override
  public CompletableFuture<Boolean> leaveOut(Round round, int slot) {
    return gate.leaveOut(round, slot);
  }

  @Override
  public CompletableFuture<Void> givenUp() {
    return gate.givenUp();
  }

  @Override
  public void pay(Tally cost) {
    gate.pay(cost);
  }

  /** Makes the next {@link #await} of this round ask anew. */
  void forget(Round round) {
    asked.remove(round);
  }

  private CompletableFuture<Admission> ask(Round round) {
    CompletableFuture<Admission> answer = gate.await(round);
    var unused =
        answer.whenComplete(
            (admission, failure) -> {
              if (failure != null) {
                asked.remove(round);
              } else if (admission instanceof Admission.Stopped end) {
                stopped = end;
              }
            });
    return answer;
  }
}
