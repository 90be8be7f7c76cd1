package dev.drey.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.stream.Intake.PartitionIntake;
import dev.drey.core.stream.Intake.Written;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final Intake A =
      new Intake(Map.of("p0", reach(10, 5, 1, 2, 7), "p1", reach(3, 2, 0, 1, 9)), written(20, 40));
  private static final Intake B = new Intake(Map.of("p0", reach(14, 3, 1, 0, 8)), written(15, 30));
  private static final Intake C = new Intake(Map.of("p2", reach(1, 0, 0, 1, 1)), null);

  @Test
  void countsAreAddedAndTheFartherReachCounts() {
    Intake sum = A.plus(B);

    assertThat(sum.partitions().get("p0"))
        .usingRecursiveComparison()
        .isEqualTo(reach(14, 8, 2, 2, 8));
    assertThat(sum.partitions().get("p1").nextOffset()).isEqualTo(3);
    assertThat(sum.written()).isEqualTo(written(15, 40));
    assertThat(sum.trained()).isEqualTo(10);
    assertThat(sum.heldOut()).isEqualTo(2);
    assertThat(sum.rejected()).isEqualTo(3);
  }

  @Test
  void lostRecordsAreAddedToo() {
    PartitionIntake some = new PartitionIntake(10, 2, 0, 0, 8, new byte[0]);

    assertThat(new Intake(Map.of("p0", some), null).plus(A).lost()).isEqualTo(8);
    assertThat(A.lost()).isZero();
    assertThatThrownBy(() -> new PartitionIntake(3, 0, 0, 0, -1, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lost -1");
  }

  @Test
  void intakesAreACommutativeMonoid() {
    for (Intake x : List.of(A, B, C, Intake.NONE)) {
      assertThat(x.plus(Intake.NONE)).usingRecursiveComparison().isEqualTo(x);
      assertThat(Intake.NONE.plus(x)).usingRecursiveComparison().isEqualTo(x);
      for (Intake y : List.of(A, B, C)) {
        assertThat(x.plus(y)).usingRecursiveComparison().isEqualTo(y.plus(x));
        for (Intake z : List.of(A, B, C)) {
          assertThat(x.plus(y).plus(z)).usingRecursiveComparison().isEqualTo(x.plus(y.plus(z)));
        }
      }
    }
    assertThat(Intake.NONE.isNone()).isTrue();
    assertThat(C.isNone()).isFalse();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> reach(3, -1, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trained -1");
    assertThatThrownBy(() -> written(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  private static PartitionIntake reach(
      long next, long trained, long heldOut, long rejected, int learnt) {
    return new PartitionIntake(next, trained, heldOut, rejected, new byte[] {(byte) learnt});
  }

  private static Written written(long oldest, long newest) {
    return new Written(oldest, newest);
  }
}
