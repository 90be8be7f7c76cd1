package dev.drey.connectors.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads partitions, and never passes over records that are gone without a word: its consumer has no
 * reset policy, so Kafka refuses an offset outside of a partition's range, after a restore or when
 * retention overtakes the reader. For the thread of a split fetcher.
 */
@SuppressWarnings("try") // the close() of Flink's class throws any Exception
final class GapCheckingReader extends KafkaPartitionSplitReader {

  private static final Logger LOG = LoggerFactory.getLogger(GapCheckingReader.class);

  private final KafkaTopics topics;
  private final LostOffsets policy;
  private final Map<TopicPartition, Long> stops = new HashMap<>();

  /**
   * @param properties of the consumer, with the reset policy "none"
   * @param topics for the ranges of partitions
   */
  GapCheckingReader(
      Properties properties,
      SourceReaderContext context,
      KafkaSourceReaderMetrics metrics,
      KafkaTopics topics,
      LostOffsets policy) {
    super(properties, context, metrics);
    this.topics = topics;
    this.policy = policy;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
    for (KafkaPartitionSplit split : change.splits()) {
      split.getStoppingOffset().ifPresent(stop -> stops.put(split.getTopicPartition(), stop));
    }
    super.handleSplitsChanges(
        new SplitsAddition<>(change.splits().stream().map(GapCheckingReader::resolved).toList()));
  }

  /**
   * A partition that appears during the run begins at its first offset, whatever was deleted of it
   * before it was found; "the earliest" would hide that.
   */
  private static KafkaPartitionSplit resolved(KafkaPartitionSplit split) {
    return split.getStartingOffset() == KafkaPartitionSplit.EARLIEST_OFFSET
        ? at(split.getTopicPartition(), 0, split.getStoppingOffset().orElse(null))
        : split;
  }

  @Override
  public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
    try {
      return super.fetch();
    } catch (OffsetOutOfRangeException e) {
      RecordsBySplits.Builder<ConsumerRecord<byte[], byte[]>> marks =
          new RecordsBySplits.Builder<>();
      for (Map.Entry<TopicPartition, Long> refused : e.offsetOutOfRangePartitions().entrySet()) {
        LostRecords lost = skip(refused.getKey(), refused.getValue(), e);
        marks.add(KafkaPartitionSplit.toSplitId(refused.getKey()), lost);
      }
      return marks.build();
    }
  }

  private LostRecords skip(TopicPartition partition, long wanted, OffsetOutOfRangeException refusal)
      throws IOException {
    OffsetRange range = range(partition);
    if (wanted > range.end()) {
      throw new SuppressRestartsException(LostOffsetsException.truncated(partition, wanted, range));
    }
    if (wanted >= range.earliest()) { // cut short and written again, or about to be consistent
      throw new IOException(
          "%s: the broker refuses offset %d: %s".formatted(partition, wanted, refusal.getMessage()),
          refusal);
    }
    if (policy == LostOffsets.FAIL) {
      throw new SuppressRestartsException(LostOffsetsException.deleted(partition, wanted, range));
    }
    @Nullable Long stop = stops.get(partition);
    long next = stop == null ? range.earliest() : Math.min(stop, range.earliest());
    LOG.warn("{}: offsets {} to {} are lost", partition, wanted, next - 1);
    super.handleSplitsChanges(new SplitsAddition<>(List.of(at(partition, range.earliest(), stop))));
    return new LostRecords(partition, wanted, next);
  }

  private OffsetRange range(TopicPartition partition) throws IOException {
    try {
      return topics.offsets(partition);
    } catch (TopicException e) {
      throw new IOException(partition + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the offsets of " + partition + " were looked up", e);
    }
  }

  private static KafkaPartitionSplit at(
      TopicPartition partition, long offset, @Nullable Long stop) {
    return new KafkaPartitionSplit(
        partition, offset, stop == null ? KafkaPartitionSplit.NO_STOPPING_OFFSET : stop);
  }
}
