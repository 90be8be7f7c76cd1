package dev.drey.operators.coordination;

import java.io.Serializable;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperator;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.util.retryable.AsyncRetryStrategies;

/**
 * Flink's async I/O, unordered, for a function that asks the parameter server's coordinator.
 *
 * @param <I> input of the function
 * @param <O> output of the function
 * @param <F> the function
 */
public final class GatedOperatorFactory<I, O, F extends AsyncFunction<I, O> & StepGate.User>
    extends AsyncWaitOperatorFactory<I, O> {

  private static final long serialVersionUID = 1L;

  /** The function keeps deadlines of its own: Flink's would not know what an attempt is. */
  private static final long NO_TIMEOUT = 0;

  private final F function;
  private final int capacity;
  private final Uids uids;
  private final Upgrade<I> upgrade;

  /**
   * Converts inputs in flight that an older savepoint holds in another class.
   *
   * @param <I> input of the function today
   */
  @FunctionalInterface
  public interface Upgrade<I> extends Serializable {

    /** The element itself, or the input of today that stands for it. */
    I current(Object element);
  }

  /**
   * @param capacity how many elements the operator has room for: more than the source sends ahead
   * @param uids of the loop's operators
   */
  public GatedOperatorFactory(F function, int capacity, Uids uids, Upgrade<I> upgrade) {
    super(function, NO_TIMEOUT, capacity, AsyncDataStream.OutputMode.UNORDERED);
    this.function = function;
    this.capacity = capacity;
    this.uids = uids;
    this.upgrade = upgrade;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
  public <T extends StreamOperator<O>> T createStreamOperator(
      StreamOperatorParameters<O> parameters) {
    CoordinatorGate gate =
        new CoordinatorGate(
            parameters.getContainingTask().getEnvironment().getOperatorCoordinatorEventGateway(),
            uids);
    function.connect(gate, gate::fail);
    return (T)
        new UpgradingOperator<>(
            parameters, function, capacity, processingTimeService, getMailboxExecutor(), upgrade);
  }

  /** Flink's operator, which sends restored inputs through the same method as new ones. */
  private static final class UpgradingOperator<I, O> extends AsyncWaitOperator<I, O> {

    private static final long serialVersionUID = 1L;

    private final Upgrade<I> upgrade;

    @SuppressWarnings("unchecked") // Flink's NO_RETRY_STRATEGY is a raw type
    UpgradingOperator(
        StreamOperatorParameters<O> parameters,
        AsyncFunction<I, O> function,
        int capacity,
        ProcessingTimeService time,
        MailboxExecutor mailbox,
        Upgrade<I> upgrade) {
      super(
          parameters,
          function,
          NO_TIMEOUT,
          capacity,
          AsyncDataStream.OutputMode.UNORDERED,
          AsyncRetryStrategies.NO_RETRY_STRATEGY,
          time,
          mailbox);
      this.upgrade = upgrade;
    }

    @Override
    public void processElement(StreamRecord<I> record) throws Exception {
      super.processElement(record.replace(upgrade.current(record.getValue())));
    }
  }
}
