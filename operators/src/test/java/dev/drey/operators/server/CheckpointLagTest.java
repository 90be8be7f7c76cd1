package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckpointLagTest {

  private long nanos = 5_000_000;
  private final CheckpointLag lag = new CheckpointLag(10, () -> nanos);

  @Test
  void itIsCountedFromTheLastCompleteCheckpoint() {
    nanos += 3_000_000;
    assertThat(lag.steps(14)).isEqualTo(4);
    assertThat(lag.millis()).isEqualTo(3);

    lag.taken(1, 14);
    assertThat(lag.steps(17)).isEqualTo(7);
    lag.complete(1);
    nanos += 2_000_000;

    assertThat(lag.steps(17)).isEqualTo(3);
    assertThat(lag.millis()).isEqualTo(2);
  }

  @Test
  void aCheckpointThatWasOvertakenOrIsUnknownChangesNothing() {
    lag.taken(1, 14);
    lag.taken(2, 16);
    lag.complete(2);
    lag.complete(1);
    lag.complete(7);

    assertThat(lag.steps(17)).isOne();
  }
}
