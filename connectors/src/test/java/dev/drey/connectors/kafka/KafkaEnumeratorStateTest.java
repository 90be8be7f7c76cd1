package dev.drey.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaEnumeratorStateTest {

  private static final KafkaSourceEnumStateSerializer INNER = new KafkaSourceEnumStateSerializer();
  private static final KafkaEnumeratorState.Serializer SERIALIZER =
      new KafkaEnumeratorState.Serializer(INNER);

  private static KafkaSourceEnumState partitions() {
    return new KafkaSourceEnumState(
        List.of(new KafkaPartitionSplit(new TopicPartition("flights", 1), 7)), List.of(), true);
  }

  @Test
  void partitionsAndIdsComeBackTheSame() throws IOException {
    Map<String, String> ids = Map.of("flights", "3qBTTJXvSZ2kTSFeNf5rYg", "others", "b");

    KafkaEnumeratorState read =
        SERIALIZER.deserialize(
            SERIALIZER.getVersion(),
            SERIALIZER.serialize(new KafkaEnumeratorState(partitions(), ids)));

    assertThat(read.topicIds()).isEqualTo(ids);
    assertThat(read.partitions().assignedSplits())
        .containsExactlyElementsOf(partitions().assignedSplits());
    assertThat(read.partitions().initialDiscoveryFinished()).isTrue();
  }

  @Test
  void stateFromBeforeIdsWereKeptIsRead() throws IOException {
    KafkaEnumeratorState read =
        SERIALIZER.deserialize(INNER.getVersion(), INNER.serialize(partitions()));

    assertThat(read.topicIds()).isEmpty();
    assertThat(read.partitions().assignedSplits())
        .containsExactlyElementsOf(partitions().assignedSplits());
  }

  @Test
  void stateOfALaterVersionIsRefused() {
    assertThatThrownBy(() -> SERIALIZER.deserialize(1001, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("the state of a Kafka source has version 1001, this side reads 1000");
  }
}
