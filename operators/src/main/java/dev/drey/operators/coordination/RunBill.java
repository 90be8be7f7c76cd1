package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Where an operator tells what it has paid for invocations that are in no round's sum: it counts in
 * the run's budget and bill. Thread-safe.
 */
@FunctionalInterface
public interface RunBill {

  /** That of the run whose task this is. */
  static RunBill of(StreamOperatorParameters<?> parameters, Uids uids) {
    CoordinatorGate gate =
        new CoordinatorGate(
            parameters.getContainingTask().getEnvironment().getOperatorCoordinatorEventGateway(),
            uids);
    return gate::pay;
  }

  /**
   * Adds to the bill, without waiting.
   *
   * @param cost invocations, cold starts and billed time
   */
  void pay(Tally cost);
}
