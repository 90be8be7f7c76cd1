package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.PartialSum.Round;
import dev.drey.core.protocol.Weights;
import dev.drey.operators.coordination.Admission;
import dev.drey.operators.coordination.StepGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers as the test says, and keeps the questions. */
final class TestingGate implements StepGate {

  final List<Round> questions = new ArrayList<>();
  final List<CompletableFuture<Admission>> answers = new ArrayList<>();
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
      answer.complete(admitted(questions.size()));
    }
    answers.add(answer);
    return answer;
  }

  @Override
  public CompletableFuture<Admission> republish(Round round, Weights seen) {
    return await(round);
  }

  @Override
  public CompletableFuture<Boolean> leaveOut(Round round, int slot) {
    return CompletableFuture.completedFuture(false);
  }

  static Admission.Admitted admitted(long version) {
    return new Admission.Admitted(new Weights(version, List.of()), List.of());
  }
}
