package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.common.TopicPartition;

/** Where reading a partition starts in a run that is not restored. */
public sealed interface StartingOffsets extends Serializable {

  /** The connector's initializer of the starting offsets. */
  OffsetsInitializer offsets();

  /** At the first record that exists. */
  record Earliest() implements StartingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      return new ResolvedOffsets((partitions, brokers) -> brokers.beginningOffsets(partitions));
    }
  }

  /** After the records that exist when the run starts. */
  record Latest() implements StartingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      return new ResolvedOffsets((partitions, brokers) -> brokers.endOffsets(partitions));
    }
  }

  /** At the group's committed offset, or the first record if there is none. */
  record Committed() implements StartingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      return new ResolvedOffsets(Committed::offsets);
    }

    private static Map<TopicPartition, Long> offsets(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers) {
      Map<TopicPartition, Long> offsets = new HashMap<>(brokers.committedOffsets(partitions));
      Set<TopicPartition> others = new HashSet<>(partitions);
      others.removeAll(offsets.keySet());
      if (!others.isEmpty()) {
        offsets.putAll(brokers.beginningOffsets(others));
      }
      return offsets;
    }
  }

  /** At the first record of this time or later; as {@link Latest} if there is none. */
  record At(Instant time) implements StartingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      long millis = time.toEpochMilli();
      return new ResolvedOffsets(
          (partitions, brokers) ->
              OffsetsInitializer.timestamp(millis).getPartitionOffsets(partitions, brokers));
    }
  }
}
