package dev.drey.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimizerFileTest {

  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          List.of(3),
          List.of(new Dense(2, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
          new Loss.SoftmaxCrossEntropy());

  private static final float[][] MOMENTS = {
    {1, 2, 3, 4, 5, 6, 7, 8}, {10, 20, 30, 40, 50, 60, 70, 80}
  };

  @TempDir private Path directory;

  @Test
  void eachMomentHasTheTensorsOfTheWeights() throws Exception {
    Path file = directory.resolve("optimizer.npz");

    OptimizerFile.write(file, NETWORK, MOMENTS);

    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(entry -> entry.getName()))
          .containsExactly("m0.0.kernel.npy", "m0.0.bias.npy", "m1.0.kernel.npy", "m1.0.bias.npy");
    }
    assertThat(OptimizerFile.read(file, NETWORK, 2)).isEqualTo(MOMENTS);
  }

  @Test
  void theSameMomentsGiveTheSameBytes() throws Exception {
    Path first = directory.resolve("first.npz");
    Path second = directory.resolve("second.npz");

    OptimizerFile.write(first, NETWORK, MOMENTS);
    OptimizerFile.write(second, NETWORK, MOMENTS);

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void momentsOfAnotherOptimizerAreRefused() throws Exception {
    Path file = directory.resolve("optimizer.npz");
    OptimizerFile.write(file, NETWORK, MOMENTS);

    assertThatThrownBy(() -> OptimizerFile.read(file, NETWORK, 1))
        .hasMessage(file + ": has 4 arrays, must have 2");
    assertThatThrownBy(() -> OptimizerFile.write(file, NETWORK, new float[][] {{1}}))
        .hasMessage("there are 1 parameters, the network has 8");
    assertThat(directory.toFile().list()).containsExactly("optimizer.npz");
  }
}
