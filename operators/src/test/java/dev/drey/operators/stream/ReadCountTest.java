package dev.drey.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.stream.Intake;
import org.junit.jupiter.api.Test;

class ReadCountTest {

  @Test
  void lostRecordsAreCountedBesideThoseThatWereRead() {
    ReadCount count = new ReadCount(Intake.NONE);
    count.trained("p0", 9, 1000);
    count.lost("p0", 10, 5);
    assertThat(count.intake(partition -> new byte[0]).partitions().get("p0").nextOffset())
        .isEqualTo(15);
    count.rejected("p0", 15);

    Intake.PartitionIntake reach = count.intake(partition -> new byte[] {1}).partitions().get("p0");

    assertThat(reach)
        .usingRecursiveComparison()
        .isEqualTo(new Intake.PartitionIntake(16, 1, 0, 1, 5, new byte[] {1}));
  }

  @Test
  void aGapAloneIsSomethingThatWasRead() {
    ReadCount count = new ReadCount(Intake.NONE);
    count.lost("p0", 0, 5);

    assertThat(count.isNone()).isFalse();
    assertThat(count.intake(partition -> new byte[0]).lost()).isEqualTo(5);
  }
}
