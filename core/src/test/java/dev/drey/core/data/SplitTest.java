package dev.drey.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void aFifthIsHeldOut() {
    Split split = Split.of(100, 0.2, 1);

    assertThat(split.test()).hasSize(20).isSorted();
    assertThat(split.train()).hasSize(80).isSorted();
    assertThat(IntStream.concat(IntStream.of(split.train()), IntStream.of(split.test())).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void theSeedDecidesWhich() {
    assertThat(Split.of(100, 0.2, 1).test()).isEqualTo(Split.of(100, 0.2, 1).test());
    assertThat(Split.of(100, 0.2, 1).test()).isNotEqualTo(Split.of(100, 0.2, 2).test());
  }

  @Test
  void twoSourcesAreTakenWhole() {
    Split split = Split.whole(3, 2);

    assertThat(split.train()).containsExactly(0, 1, 2);
    assertThat(split.test()).containsExactly(0, 1);
  }

  @Test
  void somethingMustBeLeftToTrain() {
    assertThat(Split.of(1, 0, 1).train()).containsExactly(0);
    assertThatThrownBy(() -> Split.of(10, 1, 1))
        .hasMessage("test fraction is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> Split.of(10, Double.NaN, 1))
        .hasMessage("test fraction is NaN, must be in [0, 1)");
    assertThatThrownBy(() -> Split.of(2, 0.9, 1))
        .hasMessage("test fraction 0.9 of 2 rows leaves none to train");
  }
}
