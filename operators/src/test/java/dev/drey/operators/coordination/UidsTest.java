package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class UidsTest {

  @Test
  void theFirstGenerationHasTheNamesOfSavepoints() {
    assertThat(Uids.FIRST.of("curve")).isEqualTo("curve");
    assertThat(Uids.FIRST.ofGeneration("dispatch")).isEqualTo("dispatch");
    assertThat(Uids.FIRST.source()).isEqualTo("mini-batches");
    assertThat(Uids.FIRST.server()).isEqualTo("parameter-server");
  }

  @Test
  void aLaterGenerationIsInTheNamesOfWhatDependsOnTheTree() {
    Uids uids = new Uids("", 2);

    assertThat(uids.of("curve")).isEqualTo("curve");
    assertThat(uids.ofGeneration("dispatch")).isEqualTo("dispatch@2");
    assertThat(uids.source()).isEqualTo("mini-batches@2");
    assertThat(uids.server()).isEqualTo("parameter-server");
  }

  @Test
  void aPrefixTellsTheLoopsOfAJobApart() {
    Uids uids = new Uids("trial-3.", 1);

    assertThat(uids.of("curve")).isEqualTo("trial-3.curve");
    assertThat(uids.source()).isEqualTo("trial-3.mini-batches@1");
    assertThat(uids.server()).isEqualTo("trial-3.parameter-server");
  }
}
