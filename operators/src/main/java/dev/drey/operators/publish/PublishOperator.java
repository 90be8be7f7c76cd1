package dev.drey.operators.publish;

import dev.drey.operators.server.VersionShard;
import dev.drey.operators.server.VersionShardSerializer;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Publishes each version once all its shards are there. For one task. What it has put out since the
 * last checkpoint it puts out again after a failure, under the same name; what it tells of it
 * counts with the checkpoint, if the sink behind it does.
 */
public final class PublishOperator extends AbstractStreamOperator<Publication>
    implements OneInputStreamOperator<VersionShard, Publication> {

  private static final long serialVersionUID = 1L;

  private final int parameters;
  private final Press press;

  private transient Assembly assembly;
  private transient ListState<VersionShard> incomplete;

  /**
   * @param parameters of the flat vector
   */
  public PublishOperator(int parameters, Press press) {
    this.parameters = parameters;
    this.press = press;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    assembly = new Assembly(parameters);
    incomplete =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("incomplete", VersionShardSerializer.INSTANCE));
    for (VersionShard shard : incomplete.get()) {
      assembly.add(shard);
    }
  }

  @Override
  public void processElement(StreamRecord<VersionShard> element) throws Exception {
    Optional<Candidate> complete = assembly.add(element.getValue());
    if (complete.isPresent()) {
      Publication publication = press.publish(complete.get());
      LOG.info("version {} is published: {}", publication.version(), publication.place());
      output.collect(new StreamRecord<>(publication));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    incomplete.update(assembly.shards());
  }
}
