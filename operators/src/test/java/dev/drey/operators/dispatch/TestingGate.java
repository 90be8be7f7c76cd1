package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import dev.drey.operators.coordination.Admission;
import dev.drey.operators.coordination.StepGate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Answers as the test says, and keeps the questions. */
final class TestingGate implements StepGate {

  final List<Round> questions = new ArrayList<>();
  final List<CompletableFuture<Admission>> answers = new ArrayList<>();

  /** What every round owes. */
  final List<Dropped> owed = new ArrayList<>();

  /** Weights that were reported as unreadable. */
  final List<Weights> unreadable = new ArrayList<>();

  /** Slots that asked to be left out. */
  final List<Integer> late = new ArrayList<>();

  /** The answer to them. */
  CompletableFuture<Boolean> quorum = CompletableFuture.completedFuture(false);

  /** The version that is admitted; by default as many as there were questions. */
  OptionalLong version = OptionalLong.empty();

  /** Completed when the steps in progress are given up. */
  final CompletableFuture<Void> givenUp = new CompletableFuture<>();

  /** Costs that no sum carries. */
  final List<Tally> paid = new ArrayList<>();

  private final boolean open;
  private final int failures;

  private TestingGate(boolean open, int failures) {
    this.open = open;
    this.failures = failures;
  }

  /** Admits every round at once, with as many versions as there were questions. */
  static TestingGate open() {
    return new TestingGate(true, 0);
  }

  /** Leaves the answers to the test. */
  static TestingGate closed() {
    return new TestingGate(false, 0);
  }

  /** Fails the first question, and admits every other at once. */
  static TestingGate failingAtFirst() {
    return new TestingGate(true, 1);
  }

  @Override
  public synchronized CompletableFuture<Admission> await(Round round) {
    questions.add(round);
    CompletableFuture<Admission> answer = new CompletableFuture<>();
    if (questions.size() <= failures) {
      answer.completeExceptionally(new IllegalStateException("restarted"));
    } else if (open) {
      Weights weights = new Weights(version.orElse(questions.size()), List.of());
      answer.complete(new Admission.Admitted(weights, owed));
    }
    answers.add(answer);
    return answer;
  }

  @Override
  public synchronized CompletableFuture<Admission> republish(Round round, Weights seen) {
    unreadable.add(seen);
    version = OptionalLong.of(seen.version() + 100);
    return await(round);
  }

  @Override
  public synchronized CompletableFuture<Boolean> leaveOut(Round round, int slot) {
    late.add(slot);
    return quorum;
  }

  @Override
  public CompletableFuture<Void> givenUp() {
    return givenUp;
  }

  @Override
  public synchronized void pay(Tally cost) {
    paid.add(cost);
  }

  static Admission.Admitted admitted(long version) {
    return new Admission.Admitted(new Weights(version, List.of()), List.of());
  }
}
