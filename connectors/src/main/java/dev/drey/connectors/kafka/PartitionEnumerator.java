package dev.drey.connectors.kafka;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.jspecify.annotations.Nullable;

/**
 * Flink's enumerator of partitions, which besides keeps the ids of topics. Partitions that were
 * read before are assigned only while their topics have the ids that they had.
 *
 * <p>It also ends a bounded source after a restore. The connector's enumerator signals "no more
 * splits" only when it discovers partitions. A restored one already knows all partitions, discovers
 * none and never signals, so the readers would wait forever.
 *
 * @param partitions the connector's enumerator, with {@code topics} as its subscriber
 * @param lookup asks the brokers for ids
 * @param ended for the signal to readers that no partitions will follow; empty if some may
 */
record PartitionEnumerator(
    SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> partitions,
    IdentifiedTopics topics,
    KafkaTopics lookup,
    Optional<SplitEnumeratorContext<KafkaPartitionSplit>> ended)
    implements SplitEnumerator<KafkaPartitionSplit, KafkaEnumeratorState> {

  @Override
  public void start() {
    partitions.start();
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String hostname) {
    partitions.handleSplitRequest(subtask, hostname);
  }

  /** Waits for the brokers: until the ids are known, nothing of these partitions may be read. */
  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
    topics.check(
        ids(splits.stream().map(KafkaPartitionSplit::getTopic).collect(Collectors.toSet())));
    partitions.addSplitsBack(splits, subtask);
  }

  private Map<String, String> ids(Set<String> names) {
    try {
      return lookup.ids(names);
    } catch (TopicException e) {
      throw new IllegalStateException("the ids of topics cannot be checked: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the ids of topics were looked up", e);
    }
  }

  @Override
  public void addReader(int subtask) {
    partitions.addReader(subtask);
    ended.ifPresent(context -> context.signalNoMoreSplits(subtask));
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    partitions.handleSourceEvent(subtask, event);
  }

  @Override
  public KafkaEnumeratorState snapshotState(long checkpointId) throws Exception {
    return new KafkaEnumeratorState(partitions.snapshotState(checkpointId), topics.ids());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    partitions.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    partitions.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws IOException {
    partitions.close();
  }
}
