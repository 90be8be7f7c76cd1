package dev.drey.operators.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/** Deals partitions as KafkaSource does: what is given back waits for the task that it is of. */
final class TestingRecordsEnumerator implements SplitEnumerator<TestingPartition, Set<String>> {

  private static final int MILLIS_BETWEEN = 10;

  private final TestingTopic topic;
  private final SplitEnumeratorContext<TestingPartition> context;
  private final Set<String> assigned;
  private final Map<String, TestingPartition> pending = new TreeMap<>();
  private final Set<Integer> toldOfEnd = new TreeSet<>();
  private boolean complete;

  TestingRecordsEnumerator(
      TestingTopic topic, SplitEnumeratorContext<TestingPartition> context, Set<String> assigned) {
    this.topic = topic;
    this.context = context;
    this.assigned = new TreeSet<>(assigned);
  }

  @Override
  public void start() {
    context.callAsync(
        () -> new Found(topic.isClosed(), topic.partitions()),
        (found, failure) -> found(found),
        0,
        MILLIS_BETWEEN);
  }

  private record Found(boolean closed, List<String> partitions) {}

  private void found(Found found) {
    for (String partition : found.partitions()) {
      if (!assigned.contains(partition) && !pending.containsKey(partition)) {
        pending.put(partition, new TestingPartition(partition, 0));
      }
    }
    complete = found.closed();
    context.registeredReaders().keySet().forEach(this::assign);
  }

  private void assign(int reader) {
    List<TestingPartition> mine = new ArrayList<>();
    for (TestingPartition partition : List.copyOf(pending.values())) {
      int number = Integer.parseInt(partition.splitId().substring(1));
      if (number % context.currentParallelism() == reader) {
        mine.add(partition);
        pending.remove(partition.splitId());
        assigned.add(partition.splitId());
      }
    }
    if (!mine.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(new HashMap<>(Map.of(reader, mine))));
    }
    if (complete && toldOfEnd.add(reader)) {
      context.signalNoMoreSplits(reader);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String hostname) {
    throw new UnsupportedOperationException("partitions are not asked for");
  }

  @Override
  public void addSplitsBack(List<TestingPartition> splits, int subtask) {
    for (TestingPartition split : splits) {
      assigned.remove(split.splitId());
      pending.put(split.splitId(), split);
    }
    if (context.registeredReaders().containsKey(subtask)) {
      assign(subtask);
    }
  }

  @Override
  public void addReader(int subtask) {
    toldOfEnd.remove(subtask);
    assign(subtask);
  }

  @Override
  public Set<String> snapshotState(long checkpointId) {
    return new TreeSet<>(assigned);
  }

  @Override
  public void close() {}
}
