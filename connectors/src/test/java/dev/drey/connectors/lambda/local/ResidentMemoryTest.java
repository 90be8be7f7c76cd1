package dev.drey.connectors.lambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResidentMemoryTest {

  @TempDir Path proc;

  @Test
  void residentPagesAreFourKilobytesEach() throws Exception {
    Files.createDirectory(proc.resolve("42"));
    Files.writeString(proc.resolve("42/statm"), "9000 250 100 1 0 300 0\n");

    assertThat(new ResidentMemory(proc).kilobytes(42)).isEqualTo(1000);
  }

  @Test
  void aProcessThatIsGoneHasNone() throws Exception {
    Files.createDirectory(proc.resolve("43"));
    Files.writeString(proc.resolve("43/statm"), "");

    assertThat(new ResidentMemory(proc).kilobytes(42)).isZero();
    assertThat(new ResidentMemory(proc).kilobytes(43)).isZero();
  }
}
