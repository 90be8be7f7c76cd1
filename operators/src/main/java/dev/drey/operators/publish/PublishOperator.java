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
 * Publishes each version when all its shards have arrived. Parallelism 1. After a failure, versions
 * published since the last checkpoint are published again, under the same name; the emitted records
 * are exactly-once if the downstream sink is.
 */
public final class PublishOperator extends AbstractStreamOperator<Publication>
    implements OneInputStreamOperator<VersionShard, Publication> {

  /** The decision on each candidate, published or not. */
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
   * @param parameters length of the flat vector
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
   * The state of shards of unpublished versions. It is the same with and without a gate, so that a
   * resumed run may add or remove the gate.
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
    for (Candidate candidate : undecided) { // the gate was removed by a resume
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
