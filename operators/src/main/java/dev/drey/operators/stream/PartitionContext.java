package dev.drey.operators.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * The readers as the enumerator of the source of records sees them: a reader is visible once it was
 * introduced, and nothing is sent to readers once the run is over. Not thread-safe.
 *
 * @param <S> split of the source of records
 */
final class PartitionContext<S extends SourceSplit> implements SplitEnumeratorContext<S> {

  private final SplitEnumeratorContext<StreamSplit> context;
  private final Map<String, byte[]> learnt = new HashMap<>();
  private final Set<Integer> introduced = new TreeSet<>();
  private BooleanSupplier over = () -> false;

  PartitionContext(SplitEnumeratorContext<StreamSplit> context) {
    this.context = context;
  }

  /** Sets what says whether the run is over. */
  void until(BooleanSupplier end) {
    over = end;
  }

  /** Keeps what a partition's encoder has learnt until the partition is assigned again. */
  void brought(StreamSplit.Partition<S> partition) {
    if (partition.learnt() != null) {
      learnt.put(partition.id(), partition.learnt());
    }
  }

  void introduce(int reader) {
    introduced.add(reader);
  }

  void lose(int reader) {
    introduced.remove(reader);
  }

  boolean knows(int reader) {
    return introduced.contains(reader);
  }

  @Override
  public void assignSplits(SplitsAssignment<S> assignment) {
    if (over.getAsBoolean()) {
      return;
    }
    Map<Integer, List<StreamSplit>> all = new HashMap<>();
    assignment
        .assignment()
        .forEach(
            (reader, splits) -> {
              List<StreamSplit> partitions = new ArrayList<>();
              for (S split : splits) {
                partitions.add(new StreamSplit.Partition<>(split, learnt.remove(split.splitId())));
              }
              all.put(reader, partitions);
            });
    context.assignSplits(new SplitsAssignment<>(all));
  }

  @Override
  public void signalNoMoreSplits(int reader) {
    if (!over.getAsBoolean()) {
      context.signalNoMoreSplits(reader);
    }
  }

  @Override
  public void sendEventToSourceReader(int reader, SourceEvent event) {
    if (!over.getAsBoolean()) {
      context.sendEventToSourceReader(reader, event);
    }
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    Map<Integer, ReaderInfo> known = new TreeMap<>(context.registeredReaders());
    known.keySet().retainAll(introduced);
    return known;
  }

  @Override
  public int currentParallelism() {
    return context.currentParallelism();
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return context.metricGroup();
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    context.callAsync(callable, handler);
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
    context.callAsync(callable, handler, delay, period);
  }

  @Override
  public void runInCoordinatorThread(Runnable action) {
    context.runInCoordinatorThread(action);
  }
}
