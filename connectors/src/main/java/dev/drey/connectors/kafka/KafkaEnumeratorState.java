package dev.drey.connectors.kafka;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What a checkpoint keeps of the enumerator.
 *
 * @param partitions the connector's state
 * @param topicIds ids of the topics by name; empty in checkpoints from before ids were kept
 */
record KafkaEnumeratorState(KafkaSourceEnumState partitions, Map<String, String> topicIds) {

  KafkaEnumeratorState {
    topicIds = Map.copyOf(topicIds);
  }

  /**
   * The state as bytes: the version of the connector's format, its bytes, and the ids. A version
   * below {@value #VERSION} is the connector's own, without ids, as Drey wrote it at first.
   */
  record Serializer(SimpleVersionedSerializer<KafkaSourceEnumState> partitions)
      implements SimpleVersionedSerializer<KafkaEnumeratorState> {

    private static final int VERSION = 1000;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(KafkaEnumeratorState state) throws IOException {
      byte[] inner = partitions.serialize(state.partitions);
      DataOutputSerializer out = new DataOutputSerializer(inner.length + 128);
      out.writeInt(partitions.getVersion());
      out.writeInt(inner.length);
      out.write(inner);
      out.writeInt(state.topicIds.size());
      for (Map.Entry<String, String> topic : new TreeMap<>(state.topicIds).entrySet()) {
        out.writeUTF(topic.getKey());
        out.writeUTF(topic.getValue());
      }
      return out.getCopyOfBuffer();
    }

    @Override
    public KafkaEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
      if (version < VERSION) {
        return new KafkaEnumeratorState(partitions.deserialize(version, bytes), Map.of());
      }
      if (version > VERSION) {
        throw new IOException(
            "the state of a Kafka source has version " + version + ", this side reads " + VERSION);
      }
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      int innerVersion = in.readInt();
      byte[] inner = new byte[in.readInt()];
      in.readFully(inner);
      Map<String, String> ids = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        ids.put(in.readUTF(), in.readUTF());
      }
      return new KafkaEnumeratorState(partitions.deserialize(innerVersion, inner), ids);
    }
  }
}
