package dev.drey.operators.aggregate;

import dev.drey.core.aggregation.MergeTree;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.PartialSums;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.work.Round;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The nodes of one level of the tree: a keyed window per (node, shard) and round, which closes when
 * the sums of all its slots have arrived. A sum for a closed window is dropped, since it would open
 * a window that never closes. Flink's window operator would write every sum to the state backend on
 * arrival; here sums stay on the heap and are written at checkpoints.
 */
public final class AggregateOperator extends AbstractStreamOperator<PartialSum>
    implements OneInputStreamOperator<PartialSum, PartialSum> {

  private static final long serialVersionUID = 1L;
  private static final String SUMS = "sums";
  private static final String CLOSED = "closed";

  private final Structure structure;
  private final int level;
  private final long firstStep;

  private transient MergeTree tree;
  private transient Map<Object, TreeMap<Round, PartialSums>> windows;
  private transient Map<Object, ClosedRounds> closed;
  private transient Set<Object> writtenKeys;
  private transient MapState<Integer, PartialSum> state;
  private transient ValueState<long[]> closedState;
  private transient Counter merged;
  private transient Counter duplicates;
  private transient HeldTime heldTime;

  /**
   * @param level of the nodes, from 1
   * @param firstStep the first step to arrive; 0 unless the structure replaced another
   */
  public AggregateOperator(Structure structure, int level, long firstStep) {
    this.structure = structure;
    this.level = level;
    this.firstStep = firstStep;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tree = new MergeTree(structure);
    windows = new HashMap<>();
    closed = new HashMap<>();
    writtenKeys = new HashSet<>();
    state =
        context
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>(SUMS, IntSerializer.INSTANCE, new PartialSumSerializer()));
    closedState =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>(CLOSED, LongPrimitiveArraySerializer.INSTANCE));
    merged = getMetricGroup().counter("sums");
    duplicates = getMetricGroup().counter("droppedDuplicate");
    heldTime = new HeldTime(getMetricGroup().counter("heldMicros"), System::nanoTime);
    getMetricGroup().gauge("openWindows", this::openWindows);
    if (context.isRestored()) {
      restore();
    }
  }

  private int openWindows() {
    return windows.values().stream().mapToInt(Map::size).sum();
  }

  private void restore() throws Exception {
    for (Object key : keys(CLOSED)) {
      setCurrentKey(key);
      closed.put(key, ClosedRounds.of(closedState.value()));
    }
    for (Object key : keys(SUMS)) {
      setCurrentKey(key);
      for (PartialSum sum : state.values()) {
        window(key, sum).add(sum);
        heldTime.change(sum.slots().length());
      }
      writtenKeys.add(key);
    }
  }

  private List<Object> keys(String stateName) {
    KeyedStateBackend<Object> backend = getKeyedStateBackend();
    try (var stream = backend.getKeys(stateName, VoidNamespace.INSTANCE)) {
      return stream.distinct().toList();
    }
  }

  @Override
  public void processElement(StreamRecord<PartialSum> element) {
    PartialSum sum = element.getValue();
    Object key = getCurrentKey();
    ClosedRounds closedHere = closed.computeIfAbsent(key, k -> new ClosedRounds(firstStep));
    PartialSums window = closedHere.contains(sum.round()) ? null : window(key, sum);
    if (window == null || !window.add(sum)) {
      duplicates.inc();
      return;
    }
    merged.inc();
    heldTime.change(sum.slots().length());
    window
        .complete()
        .ifPresent(
            complete -> {
              windows.get(key).remove(sum.round());
              closedHere.add(sum.round());
              heldTime.change(-complete.slots().length());
              output.collect(new StreamRecord<>(complete));
            });
  }

  private PartialSums window(Object key, PartialSum sum) {
    return windows
        .computeIfAbsent(key, k -> new TreeMap<>())
        .computeIfAbsent(
            sum.round(),
            r ->
                new PartialSums(
                    tree, structure.slots(level, structure.nodeOf(level, sum.slots().from()))));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Object key : writtenKeys) {
      setCurrentKey(key);
      state.clear();
    }
    writtenKeys.clear();
    for (Map.Entry<Object, ClosedRounds> entry : closed.entrySet()) {
      setCurrentKey(entry.getKey());
      closedState.update(entry.getValue().toArray());
    }
    for (Map.Entry<Object, TreeMap<Round, PartialSums>> entry : windows.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        setCurrentKey(entry.getKey());
        writtenKeys.add(entry.getKey());
        int index = 0;
        for (PartialSums sums : entry.getValue().values()) {
          for (PartialSum sum : sums.held()) {
            state.put(index++, sum);
          }
        }
      }
    }
  }
}
