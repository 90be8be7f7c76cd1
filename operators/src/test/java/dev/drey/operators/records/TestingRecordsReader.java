package dev.drey.operators.records;

import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Reads partitions in turn, a record at a time. */
final class TestingRecordsReader implements SourceReader<RawRecord, TestingPartition> {

  private final TestingTopic topic;
  private final Deque<TestingPartition> partitions = new ArrayDeque<>();
  private CompletableFuture<Void> assigned = new CompletableFuture<>();
  private boolean noMore;

  TestingRecordsReader(TestingTopic topic) {
    this.topic = topic;
  }

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) {
    boolean closed = topic.isClosed();
    for (int tries = partitions.size(); tries > 0; tries--) {
      TestingPartition next = partitions.remove();
      if (next.next() < topic.end(next.splitId())) {
        emit(next, output);
        partitions.add(new TestingPartition(next.splitId(), next.next() + 1));
        return InputStatus.MORE_AVAILABLE;
      }
      if (!closed) {
        partitions.add(next);
      }
    }
    return noMore && partitions.isEmpty()
        ? InputStatus.END_OF_INPUT
        : InputStatus.NOTHING_AVAILABLE;
  }

  private void emit(TestingPartition partition, ReaderOutput<RawRecord> output) {
    Position position = new Position(partition.splitId(), partition.next());
    if (topic.failAt.remove(position.toString())) {
      throw new IllegalStateException("cannot read " + position + ", as the test says");
    }
    topic.read.incrementAndGet();
    output.createOutputForSplit(partition.splitId()).collect(TestingEncoder.record(position));
  }

  @Override
  public List<TestingPartition> snapshotState(long checkpointId) {
    return List.copyOf(partitions);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> change = topic.change();
    boolean something =
        partitions.stream().anyMatch(p -> p.next() < topic.end(p.splitId()) || topic.isClosed())
            || (noMore && partitions.isEmpty());
    return something
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.anyOf(change, assigned).thenApply(x -> null);
  }

  @Override
  public void addSplits(List<TestingPartition> splits) {
    partitions.addAll(splits);
    changed();
  }

  @Override
  public void notifyNoMoreSplits() {
    noMore = true;
    changed();
  }

  private void changed() {
    CompletableFuture<Void> before = assigned;
    assigned = new CompletableFuture<>();
    before.complete(null);
  }

  @Override
  public void close() {}
}
