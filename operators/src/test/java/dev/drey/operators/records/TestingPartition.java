package dev.drey.operators.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A partition of a {@link TestingTopic}.
 *
 * @param next the offset to be read next
 */
public record TestingPartition(String splitId, long next) implements SourceSplit {

  static final class Serializer implements SimpleVersionedSerializer<TestingPartition> {

    @Override
    public int getVersion() {
      return 3;
    }

    @Override
    public byte[] serialize(TestingPartition partition) {
      byte[] name = partition.splitId.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(Long.BYTES + name.length)
          .putLong(partition.next)
          .put(name)
          .array();
    }

    @Override
    public TestingPartition deserialize(int version, byte[] bytes) throws IOException {
      if (version != 3) {
        throw new IOException("a partition of version " + version);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long next = buffer.getLong();
      return new TestingPartition(StandardCharsets.UTF_8.decode(buffer).toString(), next);
    }
  }
}
