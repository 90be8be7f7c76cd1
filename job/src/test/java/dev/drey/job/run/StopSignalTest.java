package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopSignalTest {

  @Test
  void theFirstRequestIsTheOneThatCounts() {
    StopSignal stop = new StopSignal();

    assertThat(stop.isRequested()).isFalse();
    assertThat(stop.request()).isTrue();
    assertThat(stop.request()).isFalse();
    assertThat(stop.isRequested()).isTrue();
  }
}
