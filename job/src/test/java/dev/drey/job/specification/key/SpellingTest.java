package dev.drey.job.specification.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

  private static final List<String> KEYS = List.of("count", "concurrency", "mini-batch", "seed");

  @Test
  void slipsFindTheirWord() {
    assertThat(Spelling.nearest("cuont", KEYS)).contains("count");
    assertThat(Spelling.nearest("mini_batch", KEYS)).contains("mini-batch");
    assertThat(Spelling.nearest("minibatch", KEYS)).contains("mini-batch");
    assertThat(Spelling.nearest("Seed", KEYS)).contains("seed");
  }

  @Test
  void otherWordsFindNothing() {
    assertThat(Spelling.nearest("gpu", KEYS)).isEmpty();
    assertThat(Spelling.nearest("parallelism", KEYS)).isEmpty();
  }

  @Test
  void distanceCountsSwapsOnce() {
    assertThat(Spelling.distance("ab", "ba")).isEqualTo(1);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
  }
}
