package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.work.Round;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoordinatorStateTest {

  private static final CoordinatorState STATE =
      new CoordinatorState(
          OptionalLong.of(9),
          8,
          ExtraCost.cost(3, 2, 1),
          new TreeMap<>(
              Map.of(
                  Round.training(7),
                  Set.of(4),
                  Round.evaluation(7),
                  new java.util.TreeSet<>(Set.of(1, 2)))));

  @Test
  void theStateComesBackTheSame() {
    assertThat(CoordinatorState.of(STATE.toBytes())).isEqualTo(STATE);
    CoordinatorState running =
        new CoordinatorState(OptionalLong.empty(), 0, ExtraCost.cost(0, 0, 0), Map.of());
    assertThat(CoordinatorState.of(running.toBytes())).isEqualTo(running);
  }

  /** Version 1 has a 1 for a step and a 0 for an evaluation. */
  @Test
  void theStateOfTheFirstVersionIsRead() {
    assertThat(CoordinatorState.of(bytes(1, 1, 0))).isEqualTo(STATE);
  }

  @Test
  void theSecondVersionHasACodePerKind() {
    assertThat(CoordinatorState.of(bytes(2, 1, 2))).isEqualTo(STATE);
  }

  @Test
  void aRoundOfUnknownKindIsRefused() {
    assertThatThrownBy(() -> CoordinatorState.of(bytes(2, 5, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a round is of kind 5");
    assertThatThrownBy(() -> CoordinatorState.of(bytes(2, 1, 0)))
        .hasMessageContaining("a round is of kind 0");
  }

  @Test
  void aLaterVersionIsRefused() {
    assertThatThrownBy(() -> CoordinatorState.of(bytes(3, 1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the coordinator's state has version 3, this side reads up to 2");
  }

  private static byte[] bytes(int version, int training, int evaluation) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 5 * 8 + 4 + 2 * (1 + 8 + 4) + 3 * 4);
    buffer.putInt(version).putLong(9).putLong(8).putLong(3).putLong(2).putLong(1);
    buffer.putInt(2);
    buffer.put((byte) evaluation).putLong(7).putInt(2).putInt(1).putInt(2);
    buffer.put((byte) training).putLong(7).putInt(1).putInt(4);
    return buffer.array();
  }
}
