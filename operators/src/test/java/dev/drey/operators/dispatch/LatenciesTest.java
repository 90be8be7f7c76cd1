package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void theQuantileIsOfWhatWasSeen() {
    Latencies latencies = new Latencies(0.75);

    IntStream.rangeClosed(1, 32).forEach(i -> latencies.add(33 - i));

    assertThat(latencies.atQuantile()).contains(Duration.ofNanos(25));
  }

  @Test
  void fewSayNothing() {
    Latencies latencies = new Latencies(0.5);

    IntStream.range(0, 31).forEach(latencies::add);

    assertThat(latencies.atQuantile()).isEmpty();
  }

  @Test
  void whatWasLongAgoIsForgotten() {
    Latencies latencies = new Latencies(0.99);
    IntStream.range(0, 320).forEach(i -> latencies.add(1_000_000));
    assertThat(latencies.atQuantile()).contains(Duration.ofMillis(1));

    IntStream.range(0, 256).forEach(i -> latencies.add(7));

    assertThat(latencies.atQuantile()).contains(Duration.ofNanos(7));
  }
}
