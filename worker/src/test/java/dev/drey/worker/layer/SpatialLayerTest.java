package dev.drey.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.Window;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers over images, at sizes that no kernel was made for: 3 examples, 7 x 5 places, 3 channels.
 *
 * <p>Tolerance: outputs of at most 500 summands of size 1 are off by some 1e-6 each, the loss by
 * 1e-5, and the difference of two losses by 2e-5 / (2 step): 1e-3 of gradients of size 1 for the
 * steps used.
 */
class SpatialLayerTest {

  private static final double TOLERANCE = 1e-3;

  static Stream<LayerSpec> layers() {
    return Stream.concat(
        windows().map(w -> new Conv2d(4, w, Activation.LINEAR, Initializer.ZEROS)),
        Stream.concat(
            Stream.of(
                new Conv2d(
                    17,
                    new Window(Extent.square(3), Extent.ONE, new Padding.Same()),
                    Activation.TANH,
                    Initializer.ZEROS)),
            windows().filter(w -> w.dilation().equals(Extent.ONE)).map(AveragePooling2d::new)));
  }

  static Stream<Window> windows() {
    return Stream.of(
        new Window(Extent.square(3), Extent.ONE, Padding.valid()),
        new Window(new Extent(2, 3), new Extent(2, 1), new Padding.Same()),
        new Window(new Extent(3, 2), Extent.square(2), new Padding.Fixed(new Extent(1, 1))),
        new Window(Extent.square(2), Extent.square(3), new Padding.Same()),
        new Window(Extent.ONE, Extent.ONE, Padding.valid()),
        new Window(new Extent(3, 2), new Extent(1, 2), new Padding.Same(), new Extent(2, 3)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsAreTheCentralDifferences(LayerSpec spec) {
    try (LayerProbe probe = new LayerProbe(spec, 3, 7, 5)) {
      probe.backward(false);
      INDArray byInput = probe.inputGradient.dup();
      INDArray byParameters = probe.gradient.dup();

      assertThat(probe.error(probe.input, byInput, (int) byInput.length(), 0.05))
          .isLessThan(TOLERANCE);
      if (!byParameters.isEmpty()) {
        assertThat(probe.error(probe.parameters, byParameters, (int) byParameters.length(), 0.05))
            .isLessThan(TOLERANCE);
      }
    }
  }

  static Stream<LayerSpec> normalizations() {
    return Stream.of(
        new BatchNormalization(0.9f, 1e-3f),
        new GlobalAveragePooling(),
        new LocalResponseNormalization(5, 1, 0.75f, 1),
        new LocalResponseNormalization(2, 0.5f, 0.5f, 2),
        new LocalResponseNormalization(4, 3, 1, 0.5f),
        new LocalResponseNormalization(1, 1, 0.3f, 1));
  }

  /** They bend, so the step is smaller, and the third derivative costs another step^2. */
  @ParameterizedTest
  @MethodSource("normalizations")
  void gradientsOfWhatBendsAreTheCentralDifferences(LayerSpec spec) {
    try (LayerProbe probe = new LayerProbe(spec, 7, 5, 3)) {
      probe.backward(false);
      INDArray byInput = probe.inputGradient.dup();
      INDArray byParameters = probe.gradient.dup();

      assertThat(probe.error(probe.input, byInput, (int) byInput.length(), 0.01))
          .isLessThan(5 * TOLERANCE);
      if (!byParameters.isEmpty()) { // of scale and offset; statistics are not derivatives
        assertThat(
                probe.error(probe.parameters, byParameters, (int) byParameters.length() / 2, 0.01))
            .isLessThan(5 * TOLERANCE);
      }
    }
  }

  /** Values that are further apart than the step, so that none overtakes another. */
  @ParameterizedTest
  @MethodSource("poolings")
  void gradientsOfMaxPoolingAreTheCentralDifferences(Window window) {
    try (LayerProbe probe = new LayerProbe(new MaxPooling2d(window), 3, 7, 5)) {
      FloatBuffer values = probe.input.data().asNioFloat();
      for (int i = 0; i < values.capacity(); i++) {
        values.put(i, (i * 71 % values.capacity() - 150) / 50f); // 71 has no divisor in common
      }
      probe.backward(false);
      INDArray byInput = probe.inputGradient.dup();

      assertThat(probe.error(probe.input, byInput, (int) byInput.length(), 0.005))
          .isLessThan(5 * TOLERANCE);
    }
  }

  static Stream<Window> poolings() {
    return windows().filter(w -> w.dilation().equals(Extent.ONE));
  }

  @Test
  void theFirstOfEqualValuesGetsTheGradientOfMaxPooling() {
    try (LayerProbe probe = new LayerProbe(max(2), 1, 4, 4)) {
      probe.input.assign(-1);
      probe.backward(false);

      float[] gradient = probe.inputGradient.dup().data().asFloat();
      for (int i = 0; i < gradient.length; i++) {
        boolean first = i / 4 % 2 == 0 && i % 2 == 0;
        assertThat(gradient[i] != 0).as("value " + i).isEqualTo(first);
      }
    }
  }

  @Test
  void nanGoesThroughMaxPooling() {
    try (LayerProbe probe = new LayerProbe(max(3), 2, 7, 5)) {
      FloatBuffer values = probe.input.data().asNioFloat();
      int place = 2 * 5 + 2; // of the first example, at row 2 and column 2
      values.put(place * 2 + 1, Float.NaN);
      probe.layer.forward(Pass.INFERENCE);

      float[] output = probe.layer.output().dup().data().asFloat();
      List<Integer> found =
          IntStream.range(0, output.length).filter(i -> Float.isNaN(output[i])).boxed().toList();
      // of 3 x 2 places with stride 2 those at rows 0 and 1, columns 0 and 1, channel 1
      assertThat(found).containsExactly(1, 3, 5, 7);
    }
  }

  @Test
  void gradientsByTheParametersAreAddedUp() {
    Window window = new Window(Extent.square(3), Extent.ONE, new Padding.Same());
    for (LayerSpec spec :
        List.of(
            new Conv2d(4, window, Activation.LINEAR, Initializer.ZEROS),
            new BatchNormalization(0.9f, 1e-3f))) {
      try (LayerProbe probe = new LayerProbe(spec, 3, 7, 5)) {
        probe.backward(false);
        INDArray once = probe.gradient.dup();
        probe.backward(true);

        assertThat(probe.gradient).isEqualTo(once.mul(2));
      }
    }
  }

  private static MaxPooling2d max(int side) {
    return new MaxPooling2d(new Window(Extent.square(side), Extent.square(2), Padding.valid()));
  }
}
