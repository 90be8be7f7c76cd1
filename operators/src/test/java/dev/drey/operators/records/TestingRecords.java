package dev.drey.operators.records;

import dev.drey.core.stream.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads a {@link TestingTopic} as KafkaSource reads a topic: partitions are found by asking now and
 * then, belong to a task by their number, and end when the topic is closed.
 *
 * @param id of the topic
 */
public record TestingRecords(String id)
    implements Source<RawRecord, TestingPartition, Set<String>> {

  private static final long serialVersionUID = 1L;

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<RawRecord, TestingPartition> createReader(SourceReaderContext context) {
    return new TestingRecordsReader(TestingTopic.of(id));
  }

  @Override
  public SplitEnumerator<TestingPartition, Set<String>> createEnumerator(
      SplitEnumeratorContext<TestingPartition> context) {
    return new TestingRecordsEnumerator(TestingTopic.of(id), context, Set.of());
  }

  @Override
  public SplitEnumerator<TestingPartition, Set<String>> restoreEnumerator(
      SplitEnumeratorContext<TestingPartition> context, Set<String> assigned) {
    return new TestingRecordsEnumerator(TestingTopic.of(id), context, assigned);
  }

  @Override
  public SimpleVersionedSerializer<TestingPartition> getSplitSerializer() {
    return new TestingPartition.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<Set<String>> getEnumeratorCheckpointSerializer() {
    return new Names();
  }

  private static final class Names implements SimpleVersionedSerializer<Set<String>> {

    @Override
    public int getVersion() {
      return 5;
    }

    @Override
    public byte[] serialize(Set<String> names) {
      return String.join(",", names).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Set<String> deserialize(int version, byte[] bytes) throws IOException {
      if (version != 5) {
        throw new IOException("names of version " + version);
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.isEmpty() ? Set.of() : new TreeSet<>(Set.of(text.split(",")));
    }
  }
}
