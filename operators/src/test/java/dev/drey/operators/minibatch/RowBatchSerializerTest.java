package dev.drey.operators.minibatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.data.RowBatch;
import dev.drey.core.work.Round;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RowBatchSerializerTest {

  @Test
  void miniBatchesComeBackTheSame() throws IOException {
    List<RowBatch> batches =
        List.of(
            new RowBatch(Round.training(1L << 40), 5, 3, new int[] {7, 0, 1_000_000}),
            new RowBatch(Round.evaluation(4), 0, 2, new int[0]));
    for (RowBatch batch : batches) {
      DataInputDeserializer in = new DataInputDeserializer(written(batch));

      assertThat(RowBatchSerializer.INSTANCE.deserialize(in))
          .usingRecursiveComparison()
          .isEqualTo(batch);
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void aRoundOfUnknownKindIsRefused() throws IOException {
    byte[] bytes = written(new RowBatch(Round.training(4), 5, 3, new int[] {7}));
    bytes[1] = 7;

    assertThatThrownBy(
            () -> RowBatchSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a round is of kind 7");
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    byte[] bytes = written(new RowBatch(Round.training(4), 5, 3, new int[] {7}));
    bytes[0] = 2;

    assertThatThrownBy(
            () -> RowBatchSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes)))
        .hasMessage("a mini-batch has version 2, this side reads 1");
  }

  private static byte[] written(RowBatch batch) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    RowBatchSerializer.INSTANCE.serialize(batch, out);
    return out.getCopyOfBuffer();
  }
}
