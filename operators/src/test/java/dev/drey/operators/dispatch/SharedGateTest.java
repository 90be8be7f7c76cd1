package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.work.Round;
import dev.drey.operators.coordination.Admission;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SharedGateTest {

  private final TestingGate gate = TestingGate.closed();
  private final SharedGate shared = new SharedGate(gate);

  @Test
  void allSlotsOfARoundShareOneQuestion() {
    CompletableFuture<Admission> first = shared.await(step(3));
    CompletableFuture<Admission> second = shared.await(step(3));
    assertThat(gate.questions).containsExactly(step(3));
    assertThat(first).isNotDone();

    gate.answers.get(0).complete(TestingGate.admitted(3));

    assertThat(first.join()).isEqualTo(TestingGate.admitted(3));
    assertThat(second.join()).isEqualTo(TestingGate.admitted(3));
    assertThat(shared.await(step(3)).join()).isEqualTo(TestingGate.admitted(3));
    assertThat(gate.questions).hasSize(1);
  }

  @Test
  void anEvaluationIsARoundOfItsOwn() {
    var training = shared.await(step(3));
    var evaluation = shared.await(evaluation(3));

    assertThat(gate.questions).containsExactly(step(3), evaluation(3));
    gate.answers.get(1).complete(TestingGate.admitted(3));
    assertThat(evaluation).isDone();
    assertThat(training).isNotDone();
  }

  @Test
  void whatIsForgottenIsAskedAnew() {
    var unused = shared.await(step(3));
    gate.answers.get(0).complete(TestingGate.admitted(3));

    shared.forget(step(3));
    CompletableFuture<Admission> again = shared.await(step(3));

    assertThat(gate.questions).containsExactly(step(3), step(3));
    assertThat(again).isNotDone();
  }

  @Test
  void onceStoppedNoLaterRoundIsAskedFor() {
    var unused = shared.await(step(3));
    gate.answers.get(0).complete(new Admission.Stopped(3));

    assertThat(shared.await(step(4)).join()).isEqualTo(new Admission.Stopped(3));
    assertThat(shared.await(evaluation(4)).join()).isEqualTo(new Admission.Stopped(3));
    assertThat(gate.questions).hasSize(1);
  }

  @Test
  void theEvaluationOfTheLastVersionIsStillAskedFor() {
    var unused = shared.await(step(3));
    gate.answers.get(0).complete(new Admission.Stopped(3));

    CompletableFuture<Admission> last = shared.await(evaluation(3));

    assertThat(gate.questions).containsExactly(step(3), evaluation(3));
    assertThat(last).isNotDone();
  }

  @Test
  void aFailureIsNotRemembered() {
    CompletableFuture<Admission> failed = shared.await(step(3));
    gate.answers.get(0).completeExceptionally(new IllegalStateException("restarted"));
    assertThat(failed).isCompletedExceptionally();

    CompletableFuture<Admission> again = shared.await(step(3));

    assertThat(gate.questions).hasSize(2);
    gate.answers.get(1).complete(TestingGate.admitted(3));
    assertThat(again.join()).isEqualTo(TestingGate.admitted(3));
  }

  @Test
  void aFailureThatComesAtOnceIsNotRememberedEither() {
    SharedGate failing = new SharedGate(TestingGate.failingAtFirst());
    assertThat(failing.await(step(3))).isCompletedExceptionally();

    assertThat(failing.await(step(3)).join()).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void oldRoundsAreLetGo() {
    for (int step = 0; step < 1000; step++) {
      var unused = shared.await(step(step));
    }
    var recent = shared.await(step(999));
    assertThat(gate.questions).hasSize(1000);

    var old = shared.await(step(0));

    assertThat(gate.questions).hasSize(1001);
    assertThat(recent).isNotDone();
    assertThat(old).isNotDone();
  }

  private static Round step(long step) {
    return Round.training(step);
  }

  private static Round evaluation(long version) {
    return Round.evaluation(version);
  }
}
