package dev.drey.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LayerTest {

  private static final LayerSpec DENSE = new Dense(2, Activation.RELU, Initializer.ZEROS);

  private final INDArray parameters = Nd4j.createFromArray(1f, 2f, 3f, 4f, 5f, 6f, 0.5f, -20f);
  private final INDArray gradient = Nd4j.zeros(DataType.FLOAT, 8);
  private final INDArray input = Nd4j.createFromArray(new float[][] {{1, 0, -1}, {0, 1, 1}});
  private final INDArray inputGradient = Nd4j.zeros(DataType.FLOAT, 2, 3);

  @Test
  void aDenseLayerComputesAsByHand() {
    Layer layer = Layer.compile(TestingSites.of(DENSE, input, inputGradient, parameters, gradient));

    layer.forward(Pass.INFERENCE);
    layer.outputGradient().assign(10);
    layer.backward(false);

    // x W = [1-5, 2-6], [3+5, 4+6]; plus the bias: [-3.5, -24], [8.5, -10]
    assertThat(layer.output()).isEqualTo(array(new float[][] {{0, 0}, {8.5f, 0}}));
    // Only the second example's first unit is above 0.
    assertThat(gradient).isEqualTo(Nd4j.createFromArray(0f, 0f, 10f, 0f, 10f, 0f, 10f, 0f));
    assertThat(inputGradient).isEqualTo(array(new float[][] {{0, 0, 0}, {10, 30, 50}}));
  }

  @Test
  void accumulatingAddsToTheParametersGradientAlone() {
    Layer layer = Layer.compile(TestingSites.of(DENSE, input, inputGradient, parameters, gradient));
    for (int i = 0; i < 2; i++) {
      layer.forward(Pass.INFERENCE);
      layer.outputGradient().assign(10);
      layer.backward(i > 0);
    }

    assertThat(gradient).isEqualTo(Nd4j.createFromArray(0f, 0f, 20f, 0f, 20f, 0f, 20f, 0f));
    assertThat(inputGradient).isEqualTo(array(new float[][] {{0, 0, 0}, {10, 30, 50}}));
  }

  @Test
  void arraysInAnotherOrderAreRefused() {
    Site site = TestingSites.of(DENSE, input.dup('f'), null, parameters, gradient);

    assertThatThrownBy(() -> Layer.compile(site))
        .hasMessageContaining("must be contiguous and in C order");
  }

  private static INDArray array(float[][] values) {
    return Nd4j.createFromArray(values);
  }
}
