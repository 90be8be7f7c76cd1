package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** What an operator beside the loop has to do with its coordinator. Thread-safe. */
public interface RunLink extends RunBill {

  /** The link of an operator to the run that it belongs to. */
  static RunLink of(StreamOperatorParameters<?> parameters, Uids uids) {
    CoordinatorGate gate =
        new CoordinatorGate(
            parameters.getContainingTask().getEnvironment().getOperatorCoordinatorEventGateway(),
            uids);
    return new RunLink() {
      @Override
      public void pay(Tally cost) {
        gate.pay(cost);
      }

      @Override
      public CompletableFuture<Void> givenUp() {
        return gate.givenUp();
      }
    };
  }

  /** As {@link StepGate#givenUp}. */
  CompletableFuture<Void> givenUp();
}
