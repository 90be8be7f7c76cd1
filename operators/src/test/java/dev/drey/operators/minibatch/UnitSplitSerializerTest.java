package dev.drey.operators.minibatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.work.Round;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitSplitSerializerTest {

  private final UnitSplitSerializer serializer = new UnitSplitSerializer();

  @Test
  void splitsComeBackTheSame() throws IOException {
    for (Round round : List.of(Round.training(1L << 40), Round.evaluation(7))) {
      UnitSplit split = new UnitSplit(5, round, 3);

      assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
    }
  }

  @Test
  void splitsOfTheFirstVersionAreRead() throws IOException {
    assertThat(serializer.deserialize(1, first(5, 14, 3)))
        .isEqualTo(new UnitSplit(5, Round.evaluation(7), 3));
    assertThat(serializer.deserialize(1, first(5, 15, 3)))
        .isEqualTo(new UnitSplit(5, Round.training(7), 3));
  }

  private static byte[] first(int unit, long position, int slot) {
    return ByteBuffer.allocate(16).putInt(unit).putLong(position).putInt(slot).array();
  }

  @Test
  void aRoundOfUnknownKindIsRefused() {
    byte[] bytes = serializer.serialize(new UnitSplit(5, Round.training(7), 3));
    bytes[Integer.BYTES] = 9;

    assertThatThrownBy(() -> serializer.deserialize(2, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a round is of kind 9");
  }

  @Test
  void anotherFormatIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(3, new byte[17]))
        .hasMessage("split has version 3, this side reads up to 2");
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[16]))
        .hasMessage("split has 16 bytes, must have 17");
  }
}
