package dev.drey.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Test
  void everyCountIsAddedUp() {
    assertThat(new Tally(1, 2, 3, 4, 5, 6, 7, 8).plus(new Tally(10, 20, 30, 40, 50, 60, 70, 80)))
        .isEqualTo(new Tally(11, 22, 33, 44, 55, 66, 77, 88));
  }

  @Test
  void talliesAreACommutativeMonoid() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      Tally a = tally(random);
      Tally b = tally(random);
      Tally c = tally(random);
      assertThat(a.plus(Tally.ZERO)).isEqualTo(a);
      assertThat(Tally.ZERO.plus(a)).isEqualTo(a);
      assertThat(a.plus(b)).isEqualTo(b.plus(a));
      assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
    }
  }

  @Test
  void meansAreOverTheExamples() {
    Tally tally = new Tally(4, 6, 3, 0, 0, 0, 2);

    assertThat(tally.loss()).isEqualTo(1.5);
    assertThat(tally.accuracy()).isEqualTo(0.75);
    assertThat(tally.absoluteError()).isEqualTo(0.5);
    assertThat(Tally.ZERO.loss()).isNaN();
    assertThat(Tally.ZERO.accuracy()).isNaN();
    assertThat(Tally.ZERO.absoluteError()).isNaN();
  }

  /** They are in the gradient, and cost as ever; what they lose says nothing any more. */
  @Test
  void replayedExamplesAreInTheSumAndInNoScore() {
    Tally fresh = new Tally(4, 6, 3, 1, 0, 20, 2);

    Tally replayed = fresh.asReplayed();

    assertThat(replayed).isEqualTo(new Tally(0, 0, 0, 1, 0, 20, 0, 4));
    assertThat(fresh.plus(replayed).inSum()).isEqualTo(8);
    assertThat(fresh.plus(replayed).loss()).isEqualTo(1.5);
    assertThat(fresh.plus(replayed).accuracy()).isEqualTo(0.75);
    assertThat(fresh.plus(replayed).absoluteError()).isEqualTo(0.5);
  }

  /** Losses and errors are whole numbers, so that their sums are exact and associative. */
  private static Tally tally(SplittableRandom random) {
    return new Tally(
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000));
  }
}
