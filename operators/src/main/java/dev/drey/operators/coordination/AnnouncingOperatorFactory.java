package dev.drey.operators.coordination;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Builds the parameter server and, in the JobManager, its coordinator.
 *
 * @param <I> input of the operator
 * @param <O> output of the operator
 */
public final class AnnouncingOperatorFactory<I, O> extends AbstractStreamOperatorFactory<O>
    implements OneInputStreamOperatorFactory<I, O>, CoordinatedOperatorFactory<O> {

  private static final long serialVersionUID = 1L;

  /** Builds the operator, given where it sends announcements. */
  public interface Builder<I, O> extends Serializable {
    AnnouncingOperator<I, O> build(
        StreamOperatorParameters<O> parameters, Consumer<Announcement> coordinator);
  }

  private final Builder<I, O> builder;
  private final Class<? extends AnnouncingOperator<I, O>> operatorClass;
  private final CoordinationSettings settings;
  private final String sourceUid;

  /**
   * @param sourceUid the uid of the source of mini-batches
   */
  public AnnouncingOperatorFactory(
      Builder<I, O> builder,
      Class<? extends AnnouncingOperator<I, O>> operatorClass,
      CoordinationSettings settings,
      String sourceUid) {
    this.builder = builder;
    this.sourceUid = sourceUid;
    this.operatorClass = operatorClass;
    this.settings = settings;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
  public <T extends StreamOperator<O>> T createStreamOperator(
      StreamOperatorParameters<O> parameters) {
    OperatorID id = parameters.getStreamConfig().getOperatorID();
    OperatorEventDispatcher events = parameters.getOperatorEventDispatcher();
    OperatorEventGateway gateway = events.getOperatorEventGateway(id);
    SourceLine source =
        new SourceLine(
            parameters.getContainingTask().getEnvironment().getOperatorCoordinatorEventGateway(),
            sourceUid);
    AnnouncingOperator<I, O> operator =
        builder.build(
            parameters,
            announcement -> {
              gateway.sendEventToCoordinator(announcement);
              if (announcement.progress() != null) {
                source.send(
                    new LoopEvent.VersionReached(announcement.version(), announcement.replays()));
              }
            });
    events.registerEventHandler(
        id,
        event -> {
          if (event instanceof StopNotice stopping) {
            source.send(new LoopEvent.StopAt(stopping.steps()));
          } else {
            handle(operator, event);
          }
        });
    return (T) operator;
  }

  private static void handle(AnnouncingOperator<?, ?> operator, OperatorEvent event) {
    if (event instanceof PauseEnded) {
      operator.pauseEnded();
      return;
    }
    if (!(event instanceof RepublishWeights)) {
      throw new IllegalArgumentException("unexpected event " + event);
    }
    try {
      operator.publishAnew();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID id) {
    return new Provider(id, settings);
  }

  @Override
  public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
    return operatorClass;
  }

  private record Provider(OperatorID id, CoordinationSettings settings)
      implements OperatorCoordinator.Provider {
    private static final long serialVersionUID = 1L;

    @Override
    public OperatorID getOperatorId() {
      return id;
    }

    @Override
    public OperatorCoordinator create(OperatorCoordinator.Context context) {
      return new StepCoordinator(settings, context::failJob, System::nanoTime);
    }
  }
}
