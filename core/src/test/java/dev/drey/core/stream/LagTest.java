package dev.drey.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.stream.Intake.PartitionIntake;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagTest {

  private static final Intake INTAKE =
      new Intake(
          Map.of(
              "a-0", new PartitionIntake(70, 60, 5, 5, new byte[0]),
              "a-1", new PartitionIntake(100, 100, 0, 0, new byte[0])),
          null);

  @Test
  void itIsWhatWasWrittenAndIsInNoStep() {
    Lag lag = Lag.of(Map.of("a-0", 100L, "a-1", 101L), Map.of(), INTAKE);

    assertThat(lag.partitions()).isEqualTo(Map.of("a-0", 30L, "a-1", 1L));
    assertThat(lag.total()).isEqualTo(31);
    assertThat(lag.longest()).contains("a-0");
  }

  @Test
  void ofAPartitionThatWasNeverReadItCountsFromWhereItWasFirstSeen() {
    assertThat(Lag.of(Map.of("a-2", 50L), Map.of("a-2", 20L), INTAKE).of("a-2")).isEqualTo(30);
    assertThat(Lag.of(Map.of("a-2", 50L), Map.of(), INTAKE).of("a-2")).isZero();
  }

  @Test
  void endsThatAreOlderThanTheStepsAreNoLag() {
    assertThat(Lag.of(Map.of("a-0", 60L), Map.of(), INTAKE).total()).isZero();
  }

  @Test
  void ofPartitionsWithTheSameLagTheFirstIsNamed() {
    assertThat(new Lag(Map.of("b", 3L, "a", 3L, "c", 1L)).longest()).contains("a");
    assertThat(Lag.NONE.longest()).isEmpty();
    assertThat(Lag.NONE.of("a")).isZero();
  }
}
