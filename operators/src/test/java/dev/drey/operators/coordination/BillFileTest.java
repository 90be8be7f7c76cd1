package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillFileTest {

  @TempDir private Path directory;

  @Test
  void theLastEntryIsReadBack() throws Exception {
    Path path = directory.resolve("bill");
    BillFile.Entry last = new BillFile.Entry(tally(7, 8, 9), tally(1, 0, 2));
    try (BillFile file = BillFile.open(path)) {
      file.write(new BillFile.Entry(tally(1, 2, 300_000), tally(4, 5, 6)));
      file.write(last);
    }

    assertThat(BillFile.read(path)).isEqualTo(last);
    assertThat(Files.readAllLines(path)).hasSize(1);
  }

  @Test
  void nothingIsSpentWithoutAFile() throws Exception {
    assertThat(BillFile.read(directory.resolve("none"))).isEqualTo(BillFile.Entry.NONE);
  }

  @Test
  void aDamagedFileIsRefused() throws Exception {
    Path path = Files.writeString(directory.resolve("bill"), "1 2 x 4 5 6");

    assertThatThrownBy(() -> BillFile.read(path))
        .isInstanceOf(IOException.class)
        .hasMessage(path + " is \"1 2 x 4 5 6\", must be 6 numbers");
  }

  private static Tally tally(long invocations, long coldStarts, long billedMillis) {
    return new Tally(0, 0, 0, invocations, coldStarts, billedMillis);
  }
}
