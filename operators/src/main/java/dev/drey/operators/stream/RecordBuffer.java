package dev.drey.operators.stream;

import dev.drey.core.stream.RawRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.jspecify.annotations.Nullable;

/** Buffers the records of one poll of the source. Not thread-safe. */
final class RecordBuffer implements ReaderOutput<RawRecord> {

  private final Deque<RawRecord> records = new ArrayDeque<>();

  @Nullable RawRecord poll() {
    return records.poll();
  }

  @Override
  public void collect(RawRecord record) {
    records.add(record);
  }

  @Override
  public void collect(RawRecord record, long timestamp) {
    records.add(record);
  }

  @Override
  public SourceOutput<RawRecord> createOutputForSplit(String split) {
    return this;
  }

  @Override
  public void releaseOutputForSplit(String split) {}

  @Override
  public void emitWatermark(Watermark watermark) {}

  @Override
  public void markIdle() {}

  @Override
  public void markActive() {}
}
