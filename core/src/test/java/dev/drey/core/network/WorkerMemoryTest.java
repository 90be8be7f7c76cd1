package dev.drey.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerMemoryTest {

  private static final long MEBIBYTE = 1 << 20;

  @Test
  void aWorkerHoldsParametersGradientActivationsAndData() {
    NetworkSpec network = network(1000, dense(1000), dense(24));

    WorkerMemory memory = WorkerMemory.of(network, 100, 0, 5 * MEBIBYTE);

    assertThat(memory.vectors()).isEqualTo(2 * 4 * (1_001_000 + 24_024));
    assertThat(memory.activations()).isEqualTo(100 * 2 * 4 * (1000 + 1000 + 24));
    assertThat(memory.data()).isEqualTo(5 * MEBIBYTE);
    assertThat(memory.total())
        .isEqualTo(memory.process() + memory.vectors() + memory.activations() + memory.data());
    assertThat(memory.totalMb() * MEBIBYTE).isBetween(memory.total(), memory.total() + MEBIBYTE);
  }

  @Test
  void aLargeMiniBatchIsComputedInChunks() {
    NetworkSpec network = network(1 << 20, dense(1)); // 8 MiB of activations an example

    assertThat(WorkerMemory.chunk(network)).isEqualTo(7);
    assertThat(WorkerMemory.of(network, 500, 0, 0).activations())
        .isEqualTo((7 + 500 % 7) * 8L * ((1 << 20) + 1)); // the last chunk has arrays of its own
    assertThat(WorkerMemory.chunk(network(1, dense(1)))).isEqualTo(1024);
  }

  @Test
  void anEvaluationHasArraysOfItsOwn() {
    NetworkSpec network = network(9, dense(1)); // 80 bytes of activations an example

    assertThat(WorkerMemory.of(network, 64, 100, 0).activations()).isEqualTo(164 * 80);
    assertThat(WorkerMemory.of(network, 64, 64, 0).activations()).isEqualTo(64 * 80);
    assertThat(WorkerMemory.of(network, 64, 0, 0).activations()).isEqualTo(64 * 80);
  }

  @Test
  void oneExampleIsComputedHoweverLargeItIs() {
    assertThat(WorkerMemory.chunk(network(1 << 24, dense(1)))).isOne();
  }

  @Test
  void batchNormalizationNeedsTheWholeMiniBatch() {
    NetworkSpec network = network(1 << 20, dense(1), new BatchNormalization(0.9f, 1e-5f));

    assertThat(WorkerMemory.trainingChunk(network)).isEqualTo(1024);
    assertThat(WorkerMemory.chunk(network)).isEqualTo(7); // predictions need no others
    assertThat(WorkerMemory.of(network, 500, 0, 0).activations()).isGreaterThan(4000 * MEBIBYTE);
  }

  private static Dense dense(int units) {
    return new Dense(units, Activation.LINEAR, Initializer.ZEROS);
  }

  private static NetworkSpec network(int input, LayerSpec... layers) {
    return new NetworkSpec(List.of(input), List.of(layers), new Loss.HalfSquaredError());
  }
}
