package dev.drey.operators.aggregate;

import dev.drey.core.aggregation.MergeTree;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.PartialSums;
import dev.drey.core.aggregation.Shares;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Shards;
import dev.drey.core.work.Round;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the sums of one dispatch task before the network shuffle, and cuts the results into
 * shards. Takes sums over the whole parameter vector.
 *
 * <p>After a restore the slots of a target may be spread over several tasks. So the sums held in
 * the checkpoint are forwarded at once, as are all sums of rounds that may have been in progress
 * then: the windows behind accept any disjoint parts.
 */
public final class CombineOperator extends AbstractStreamOperator<PartialSum>
    implements OneInputStreamOperator<PartialSum, PartialSum> {

  private static final long serialVersionUID = 1L;

  private final Structure structure;
  private final Shards shards;
  private final int stepsAhead;

  private transient MergeTree tree;
  private transient List<Range> targets;
  private transient TreeMap<Round, Map<Range, PartialSums>> rounds;
  private transient ListState<PartialSum> heldState;
  private transient ListState<Long> lastStepState;
  private transient long lastStep;
  private transient long forwardUpTo;
  private transient HeldTime heldTime;

  /**
   * @param stepsAhead how many steps after the latest one seen here may have been dispatched
   */
  public CombineOperator(Structure structure, Shards shards, int stepsAhead) {
    this.structure = structure;
    this.shards = shards;
    this.stepsAhead = stepsAhead;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tree = new MergeTree(structure);
    rounds = new TreeMap<>();
    var task = getRuntimeContext().getTaskInfo();
    targets =
        new Shares(structure)
            .targets(task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
    heldState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("held", new PartialSumSerializer()));
    lastStepState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("last-step", Types.LONG));
    lastStep = -1;
    forwardUpTo = -1;
    if (context.isRestored()) {
      for (long step : lastStepState.get()) {
        lastStep = Math.max(lastStep, step);
      }
      forwardUpTo = lastStep + stepsAhead;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge("held", () -> held().size());
    heldTime = new HeldTime(getMetricGroup().counter("heldMicros"), System::nanoTime);
    for (PartialSum sum : heldState.get()) {
      send(sum);
    }
    heldState.clear();
  }

  @Override
  public void processElement(StreamRecord<PartialSum> element) {
    PartialSum sum = element.getValue();
    Round round = sum.round();
    lastStep = Math.max(lastStep, round.step());
    Range target = target(sum.slots());
    if (target == null || round.step() <= forwardUpTo) {
      send(sum);
      return;
    }
    Map<Range, PartialSums> sums = rounds.computeIfAbsent(round, r -> new HashMap<>());
    PartialSums partial = sums.computeIfAbsent(target, t -> new PartialSums(tree, t));
    if (partial.add(sum)) {
      heldTime.change(sum.slots().length());
    }
    partial
        .complete()
        .ifPresent(
            complete -> {
              sums.remove(target);
              if (sums.isEmpty()) {
                rounds.remove(round);
              }
              heldTime.change(-complete.slots().length());
              send(complete);
            });
  }

  private @Nullable Range target(Range slots) {
    for (Range target : targets) {
      if (target.contains(slots)) {
        return target;
      }
    }
    return null;
  }

  private void send(PartialSum sum) {
    if (sum.parameters().length() == 0) {
      output.collect(new StreamRecord<>(sum));
      return;
    }
    for (int shard = 0; shard < shards.count(); shard++) {
      output.collect(new StreamRecord<>(sum.over(shards.range(shard))));
    }
  }

  private List<PartialSum> held() {
    return rounds.values().stream()
        .flatMap(sums -> sums.values().stream())
        .flatMap(sums -> sums.held().stream())
        .toList();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    heldState.update(held());
    lastStepState.update(List.of(lastStep));
  }
}
