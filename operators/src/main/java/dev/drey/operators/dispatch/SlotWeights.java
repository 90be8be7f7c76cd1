package dev.drey.operators.dispatch;

import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import dev.drey.operators.coordination.Admission;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a slot is computed with. After every failure it asks for the latest weights, and
 * for republished ones if workers refused the same weights twice: they may be missing or damaged.
 * Attempts use it one after the other.
 */
final class SlotWeights implements AttemptWeights {

  private final SharedGate gate;
  private final Round round;
  private volatile Weights weights;
  private volatile @Nullable Weights refused;

  SlotWeights(SharedGate gate, Round round, Weights first) {
    this.gate = gate;
    this.round = round;
    this.weights = first;
  }

  @Override
  public Weights now() {
    return weights;
  }

  /** Fails if the gate does. */
  @Override
  public CompletableFuture<Weights> after(WorkerException failure) {
    gate.forget(round);
    Weights seen = weights;
    boolean again = failure.kind() == Kind.REFUSED && seen.equals(refused);
    if (failure.kind() == Kind.REFUSED) {
      refused = again ? null : seen;
    }
    CompletableFuture<Admission> answer = again ? gate.republish(round, seen) : gate.await(round);
    return answer.thenApply(this::take);
  }

  /** An admitted round stays admitted even if the run is about to end: its sum is waited for. */
  private Weights take(Admission admission) {
    if (admission instanceof Admission.Admitted admitted) {
      weights = admitted.weights();
    }
    return weights;
  }
}
