package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.operators.coordination.RunBill;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.server.VersionShard;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Makes the operator that publishes what passes its gate, where it runs. */
final class GatedPublishFactory extends AbstractStreamOperatorFactory<Publication>
    implements TwoInputStreamOperatorFactory<VersionShard, StreamBatch, Publication> {

  private static final long serialVersionUID = 1L;

  private final Press press;
  private final GateSettings gate;
  private final Uids uids;

  /**
   * @param uids of the loop's operators
   */
  GatedPublishFactory(Press press, GateSettings gate, Uids uids) {
    this.press = press;
    this.gate = gate;
    this.uids = uids;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
  public <T extends StreamOperator<Publication>> T createStreamOperator(
      StreamOperatorParameters<Publication> parameters) {
    return (T) new GatedPublishOperator(parameters, press, gate, RunBill.of(parameters, uids));
  }

  @Override
  @SuppressWarnings("rawtypes") // as Flink declares it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return GatedPublishOperator.class;
  }
}
