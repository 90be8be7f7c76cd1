package dev.drey.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCountTest {

  @TempDir private Path directory;
  private Path curve;

  @BeforeEach
  void name() {
    curve = directory.resolve("curve.csv");
  }

  private long last() throws Exception {
    return new StepCount(curve).last();
  }

  @Test
  void theLastWholeLineCounts() throws Exception {
    Files.writeString(curve, "step,epoch\n1,0.1\n2,0.2\n3,0");

    assertThat(last()).isEqualTo(2);
  }

  @Test
  void aLongFileIsReadFromItsEnd() throws Exception {
    StringBuilder lines = new StringBuilder("step,epoch,seconds\n");
    for (int step = 1; step <= 5000; step++) {
      lines.append(step).append(",0.123,45.678\n");
    }
    Files.writeString(curve, lines);

    assertThat(last()).isEqualTo(5000);
  }

  @Test
  void beforeTheFirstStepItIsZero() throws Exception {
    assertThat(last()).isZero();
    Files.writeString(curve, "step,epoch\n");
    assertThat(last()).isZero();
    Files.writeString(curve, "step,epoch\n1");
    assertThat(last()).isZero();
  }
}
