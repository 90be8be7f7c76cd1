package dev.drey.operators.publish;

import dev.drey.operators.server.VersionShard;
import dev.drey.operators.server.VersionShardSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Publishes each version once all its shards are there. For one task. What it has put out since the
 * last checkpoint it puts out again after a failure, under the same name; what it tells of it
 * counts with the checkpoint, if the sink behind it does.
 */
public final class PublishOperator extends AbstractStreamOperator<Publication>
    implements OneInputStreamOperator<VersionShard, Publication> {

  /** What became of each candidate, published or not. */
  public static final OutputTag<Decision> DECISIONS =
      new OutputTag<>("rulings") {
        private static final long serialVersionUID = 1L;
      };

  private static final long serialVersionUID = 1L;

  private final int parameters;
  private final ModelPublisher publisher;

  private transient VersionAssembler assembler;
  private transient CandidateOutput decisions;
  private transient ListState<VersionShard> incomplete;
  private transient List<Candidate> undecided;

  /**
   * @param parameters of the flat vector
   */
  public PublishOperator(int parameters, ModelPublisher publisher) {
    this.parameters = parameters;
    this.publisher = publisher;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    assembler = new VersionAssembler(parameters);
    incomplete = incomplete(context);
    undecided = new ArrayList<>();
    for (VersionShard shard : incomplete.get()) {
      assembler.add(shard).ifPresent(undecided::add);
    }
  }

  /**
   * Shards of versions that are not published yet. They are there with and without a gate, so that
   * a run may go on with another.
   */
  static ListState<VersionShard> incomplete(StateInitializationContext context) throws Exception {
    return context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>("incomplete", VersionShardSerializer.INSTANCE));
  }

  @Override
  public void open() throws Exception {
    super.open();
    decisions = new CandidateOutput(publisher, getMetricGroup(), output);
    for (Candidate candidate : undecided) { // there was a gate, and is none any more
      decisions.emit(candidate, Verdict.NO_GATE);
    }
  }

  @Override
  public void processElement(StreamRecord<VersionShard> element) throws Exception {
    Optional<Candidate> complete = assembler.add(element.getValue());
    if (complete.isPresent()) {
      decisions.emit(complete.get(), Verdict.NO_GATE);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    incomplete.update(assembler.shards());
  }
}
