package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Where an operator reports the cost of invocations that are in no round's sum, so that they count
 * in the run's budget and bill. Thread-safe.
 */
@FunctionalInterface
public interface RunBill {

  /** The bill of the run that a task belongs to. */
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
