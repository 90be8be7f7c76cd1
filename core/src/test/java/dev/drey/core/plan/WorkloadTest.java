package dev.drey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkCost;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  @Test
  void aNetworksWorkload() {
    NetworkSpec network = network();

    Workload workload = Workload.of(network, 1_000, 8_000, 0, 5_000_000);

    assertThat(workload.flopsPerExample())
        .isEqualTo((double) NetworkCost.of(network).trainingFlops());
    assertThat(workload.vectorBytes()).isEqualTo(4L * network.parameterCount());
    assertThat(workload.flopsPerEpoch()).isEqualTo(8_000 * workload.flopsPerExample());
    assertThat(workload.leastMemoryMb().applyAsInt(250))
        .isEqualTo((int) WorkerMemory.of(network, 250, 0, 5_000_000).totalMb());
  }

  private static NetworkSpec network() {
    return new NetworkSpec(
        List.of(20),
        List.of(
            new Dense(100, Activation.TANH, Initializer.ZEROS),
            new Dense(1, Activation.TANH, Initializer.ZEROS)),
        new Loss.HalfSquaredError());
  }

  @Test
  void workersShareTheExamplesOfAStep() {
    Workload workload = new Workload(1, 4, 100, 100, miniBatch -> 128);

    assertThat(workload.miniBatch(1)).isEqualTo(100);
    assertThat(workload.miniBatch(33)).isEqualTo(4);
    assertThat(workload.leastWorkers(4)).isEqualTo(25);
    for (int workers = 1; workers <= 120; workers++) {
      int miniBatch = workload.miniBatch(workers);
      assertThat(workload.leastWorkers(miniBatch)).isLessThanOrEqualTo(workers);
      assertThat(workload.miniBatch(workload.leastWorkers(miniBatch))).isEqualTo(miniBatch);
    }
  }

  @Test
  void wrongInputsAreRefused() {
    assertThatThrownBy(() -> new Workload(0, 4, 1, 1, miniBatch -> 1))
        .hasMessage("FLOP per example is 0.0, must be above 0 and finite");
    assertThatThrownBy(() -> new Workload(1, 0, 1, 1, miniBatch -> 1))
        .hasMessage("bytes of the vector is 0, must be at least 1");
    assertThatThrownBy(() -> new Workload(1, 4, 0, 1, miniBatch -> 1))
        .hasMessage("examples per step is 0, must be at least 1");
    assertThatThrownBy(() -> new Workload(1, 4, 10, 9, miniBatch -> 1))
        .hasMessage("an epoch has 9 examples, must be at least as many as a step's 10");
  }

  @Test
  void wrongSpacesAreRefused() {
    PlanSpace space = PlanSpace.upTo(10, new OnTasks(2, 1));

    assertThatThrownBy(() -> new Span(0, 3))
        .hasMessage("the range 0 to 3 must start at 1 or above, and not end before");
    assertThatThrownBy(() -> space.withMemoryMb(new Span(64, 512)))
        .hasMessage("memory is 64 to 512 MB, must be within 128 to 10240 MB");
    assertThatThrownBy(() -> space.withWorkers(Span.only(100_001)))
        .hasMessage("workers are 100001, must be at most 100000");
    assertThatThrownBy(() -> space.withLocalSteps(List.of()))
        .hasMessage("there are 0 numbers of local steps, must be at least 1");
    assertThatThrownBy(() -> space.withLocalSteps(List.of(3, 0)))
        .hasMessage("local steps are 0, must be in [1, 1000000]");
    assertThat(space.withLocalSteps(List.of(3, 1, 3)).localSteps()).containsExactly(1, 3);
  }
}
