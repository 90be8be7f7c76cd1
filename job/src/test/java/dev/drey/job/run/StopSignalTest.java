package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalTest {

  @Test
  void whoListensHearsOfTheFirstRequestOnce() {
    StopSignal stop = new StopSignal();
    List<String> heard = new ArrayList<>();
    stop.onRequest(() -> heard.add("early"));

    assertThat(stop.isRequested()).isFalse();
    assertThat(stop.request()).isTrue();
    assertThat(stop.request()).isFalse();
    stop.onRequest(() -> heard.add("late"));

    assertThat(stop.isRequested()).isTrue();
    assertThat(heard).containsExactly("early", "late");
  }
}
