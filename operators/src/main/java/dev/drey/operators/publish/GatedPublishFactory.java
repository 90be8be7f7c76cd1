package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.operators.coordination.RunLink;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.server.VersionShard;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** The factory of {@link GatedPublishOperator}, which needs a mailbox executor. */
final class GatedPublishFactory extends AbstractStreamOperatorFactory<Publication>
    implements TwoInputStreamOperatorFactory<VersionShard, StreamBatch, Publication> {

  private static final long serialVersionUID = 1L;

  private final ModelPublisher publisher;
  private final GateSettings gate;
  private final Uids uids;

  /**
   * @param uids of the loop's operators
   */
  GatedPublishFactory(ModelPublisher publisher, GateSettings gate, Uids uids) {
    this.publisher = publisher;
    this.gate = gate;
    this.uids = uids;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
  public <T extends StreamOperator<Publication>> T createStreamOperator(
      StreamOperatorParameters<Publication> parameters) {
    return (T) new GatedPublishOperator(parameters, publisher, gate, RunLink.of(parameters, uids));
  }

  @Override
  @SuppressWarnings("rawtypes") // as Flink declares it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return GatedPublishOperator.class;
  }
}
