package dev.drey.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.Window;
import java.util.stream.Stream;
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
}
