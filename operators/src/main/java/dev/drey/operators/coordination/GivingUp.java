package dev.drey.operators.coordination;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** Tasks that wait for the decision to give up the steps in progress. Not thread-safe. */
final class GivingUp {

  private final Map<String, CompletableFuture<CoordinationResponse>> waiting = new HashMap<>();
  private boolean decided;

  /**
   * Completed when the steps are given up.
   *
   * @param task asks again when its question timed out; its last question is the one answered
   */
  CompletableFuture<CoordinationResponse> await(String task) {
    CompletableFuture<CoordinationResponse> answer = new CompletableFuture<>();
    if (decided) {
      answer.complete(new StepRequest.GivenUp());
    } else {
      waiting.put(task, answer);
    }
    return answer;
  }

  /** The steps are given up, now and after a restart of the job. */
  void decide() {
    decided = true;
    List<CompletableFuture<CoordinationResponse>> all = List.copyOf(waiting.values());
    waiting.clear();
    all.forEach(answer -> answer.complete(new StepRequest.GivenUp()));
  }

  /** The tasks are restarted, and ask anew. */
  void reset() {
    waiting.clear();
  }
}
