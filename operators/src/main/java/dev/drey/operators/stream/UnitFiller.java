package dev.drey.operators.stream;

import dev.drey.core.stream.Example;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.core.stream.RejectedRecordException;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Encodes records and adds the examples to units of slots. Not thread-safe. */
final class UnitFiller {

  private final PartitionEncoders partitions;
  private final Counter rejected;
  private final Counter heldOutDropped;
  private final Counter lost;

  UnitFiller(PartitionEncoders partitions, MetricGroup metrics) {
    this.partitions = partitions;
    this.rejected = metrics.counter("rejected");
    this.heldOutDropped = metrics.counter("heldOutDropped");
    this.lost = metrics.counter("lost");
  }

  /**
   * Adds a record to a unit, or puts it out if it is rejected.
   *
   * @return whether the unit has an example more to train on
   */
  boolean add(RawRecord record, StreamUnit unit, ReaderOutput<StreamItem> output) {
    if (record.isLost()) {
      unit.lose(record.position().partition(), record.position().offset(), record.lost());
      lost.inc(record.lost());
      return false;
    }
    Example example;
    try {
      example = partitions.encode(record);
    } catch (RejectedRecordException e) {
      unit.reject(record.position().partition(), record.position().offset());
      rejected.inc();
      String reason = String.valueOf(e.getMessage());
      output.collect(new StreamItem.Rejected(new RejectedRecord(record, reason)));
      return false;
    }
    PlacedExample placed = new PlacedExample(record.position(), example);
    if (!example.heldOut()) {
      unit.train(placed, record.timestamp());
      return true;
    }
    if (unit.holdOut(placed)) {
      heldOutDropped.inc();
    }
    return false;
  }
}
