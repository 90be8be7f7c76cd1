package dev.drey.operators.coordination;

import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;

/**
 * Flink's async I/O, unordered, for a function that asks the parameter server's coordinator.
 *
 * @param <I> what the function takes
 * @param <O> what it gives
 * @param <F> the function
 */
public final class GatedOperatorFactory<I, O, F extends AsyncFunction<I, O> & StepGate.User>
    extends AsyncWaitOperatorFactory<I, O> {

  private static final long serialVersionUID = 1L;

  /** The function keeps deadlines of its own: Flink's would not know what an attempt is. */
  private static final long NO_TIMEOUT = 0;

  private final F function;
  private final Uids uids;

  /**
   * @param capacity how many elements the operator has room for: more than the source deals out
   * @param uids of the loop's operators
   */
  public GatedOperatorFactory(F function, int capacity, Uids uids) {
    super(function, NO_TIMEOUT, capacity, AsyncDataStream.OutputMode.UNORDERED);
    this.function = function;
    this.uids = uids;
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // as Flink declares it
  public <T extends StreamOperator<O>> T createStreamOperator(
      StreamOperatorParameters<O> parameters) {
    CoordinatorGate gate =
        new CoordinatorGate(
            parameters.getContainingTask().getEnvironment().getOperatorCoordinatorEventGateway(),
            uids);
    function.connect(gate, gate::fail);
    return super.createStreamOperator(parameters);
  }
}
