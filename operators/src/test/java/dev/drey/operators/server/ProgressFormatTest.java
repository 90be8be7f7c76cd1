package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.stream.Intake;
import dev.drey.operators.coordination.ExampleAccount;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepTimes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressFormatTest {

  private static final Progress PROGRESS =
      new Progress(
          32,
          new Tally(16_000, 2.5, 900, 70, 2, 12_345, 0.5, 3),
          new Tally(500, 0.25, 400, 2, 0, 40),
          31,
          new Tally(1_600, 1.5, 1_200, 0, 0, 0),
          9_876,
          new ExampleAccount(
              new Drops(Map.of(DropReason.LATE, 20L, DropReason.FAULTY, 1L)), 20, Map.of()),
          Intake.NONE,
          new Tally(0, 0, 0, 5, 1, 80),
          StepTimes.NONE);

  @Test
  void aProgressIsReadAsItWasWritten() throws IOException {
    assertThat(ProgressFormat.of(ProgressFormat.toBytes(PROGRESS))).isEqualTo(PROGRESS);
    assertThat(ProgressFormat.of(ProgressFormat.toBytes(Progress.NONE))).isEqualTo(Progress.NONE);
  }

  @Test
  void damagedBytesAndOtherFormatsAreRefused() throws IOException {
    byte[] bytes = ProgressFormat.toBytes(PROGRESS);

    assertThatThrownBy(() -> ProgressFormat.of(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(IOException.class);
    bytes[0] = 9;
    assertThatThrownBy(() -> ProgressFormat.of(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("the progress has format 9, this side reads 1");
  }
}
