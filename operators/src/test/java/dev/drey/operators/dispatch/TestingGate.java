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

  private TestingGate(boolean open) {
    this.open = open;
  }

  /** Admits every round at once, with as many versions as there were questions. */
  static TestingGate open() {
    return new TestingGate(true);
  }

  /** Leaves the answers to the test. */
  static TestingGate closed() {
    return new TestingGate(false);
  }

  @Override
  public synchronized CompletableFuture<Admission> await(Round round) {
    questions.add(round);
    CompletableFuture<Admission> answer = new CompletableFuture<>();
    if (open) {
      answer.complete(admitted(questions.size()));
    }
    answers.add(answer);
    return answer;
  }

  static Admission.Admitted admitted(long version) {
    return new Admission.Admitted(new Weights(version, List.of()));
  }
}
