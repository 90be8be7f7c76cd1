package dev.drey.connectors.kafka;

import org.apache.kafka.common.TopicPartition;

/** Thrown where a partition cannot be read on without losing records. */
final class LostOffsetsException extends Exception {

  private static final long serialVersionUID = 1L;

  private LostOffsetsException(String message) {
    super(message);
  }

  /** Records were deleted before the run read them. */
  static LostOffsetsException deleted(TopicPartition partition, long wanted, OffsetRange range) {
    return new LostOffsetsException(
        at(partition, wanted, range)
            + "%,d offsets were deleted before the run read them. With data.kafka.lost-offsets:"
                .formatted(range.earliest() - wanted)
            + " count they are added to its account as lost, and it continues at offset "
            + range.earliest());
  }

  /** The partition ends before the offset: what was read there is gone from the topic. */
  static LostOffsetsException truncated(TopicPartition partition, long wanted, OffsetRange range) {
    return new LostOffsetsException(
        at(partition, wanted, range)
            + "the partition was cut short after the run had read it, so that new records would have"
            + " offsets that it has read. Start a new run, without --resume");
  }

  private static String at(TopicPartition partition, long wanted, OffsetRange range) {
    return "topic %s, partition %d: the run continues at offset %d, the partition has offsets %d to %d: "
        .formatted(partition.topic(), partition.partition(), wanted, range.earliest(), range.end());
  }
}
