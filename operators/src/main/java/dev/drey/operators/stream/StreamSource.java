package dev.drey.operators.stream;

import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.RawRecord;
import dev.drey.operators.alarm.AlarmThread;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The mini-batches of a stream, which carry their examples. Wraps a source of records and reads
 * from it only as fast as examples are needed. Slots are assigned to tasks in whole units, as for a
 * data set, partitions by the source of records; both anew after every restore, at any parallelism.
 *
 * @param <S> split of the source of records
 * @param <E> state of its enumerator
 */
public final class StreamSource<S extends SourceSplit, E>
    implements Source<StreamItem, StreamSplit, StreamEnumeratorState<E>>,
        SupportsSplitReassignmentOnRecovery {

  private static final long serialVersionUID = 1L;

  private final Source<RawRecord, S, E> records;
  private final Encoder.Factory encoder;
  private final StreamPlan plan;

  /**
   * @param records a source whose split ids are the partitions of its records' positions, and which
   *     takes back partitions that it had assigned
   */
  public StreamSource(Source<RawRecord, S, E> records, Encoder.Factory encoder, StreamPlan plan) {
    if (records instanceof SupportsSplitReassignmentOnRecovery) {
      throw new IllegalArgumentException(
          records.getClass().getName()
              + " reassigns its splits by itself after a restore, must leave that to its user");
    }
    this.records = records;
    this.encoder = encoder;
    this.plan = plan;
  }

  @Override
  public Boundedness getBoundedness() {
    return records.getBoundedness();
  }

  @Override
  public SourceReader<StreamItem, StreamSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new StreamReader<>(
        records.createReader(context),
        new PartitionEncoders(encoder),
        plan,
        context,
        new AlarmThread("stream-alarms-" + context.getIndexOfSubtask()));
  }

  /** Splits the output of readers into mini-batches and rejected records. */
  StreamItemSplitter splitter() {
    return new StreamItemSplitter(plan);
  }

  @Override
  public SplitEnumerator<StreamSplit, StreamEnumeratorState<E>> createEnumerator(
      SplitEnumeratorContext<StreamSplit> context) throws Exception {
    PartitionContext<S> partitions = new PartitionContext<>(context);
    return new StreamEnumerator<>(
        context, partitions, records.createEnumerator(partitions), plan, false);
  }

  @Override
  public SplitEnumerator<StreamSplit, StreamEnumeratorState<E>> restoreEnumerator(
      SplitEnumeratorContext<StreamSplit> context, StreamEnumeratorState<E> state)
      throws Exception {
    PartitionContext<S> partitions = new PartitionContext<>(context);
    return new StreamEnumerator<>(
        context,
        partitions,
        records.restoreEnumerator(partitions, state.records()),
        plan,
        state.assigned());
  }

  @Override
  public SimpleVersionedSerializer<StreamSplit> getSplitSerializer() {
    return new StreamSplitSerializer<>(records.getSplitSerializer());
  }

  @Override
  public SimpleVersionedSerializer<StreamEnumeratorState<E>> getEnumeratorCheckpointSerializer() {
    return new StreamEnumeratorState.Serializer<>(records.getEnumeratorCheckpointSerializer());
  }
}
