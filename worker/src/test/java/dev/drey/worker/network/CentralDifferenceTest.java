package dev.drey.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Named;
import dev.drey.core.layer.Tensor;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.TensorSpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against differences of losses, (L(w + h d) - L(w - h d)) / 2h = L'(w) d + O(h^2). */
class CentralDifferenceTest {

  private static final double H = 1e-2;
  private static final long SEED = 7;

  private final SplittableRandom random = new SplittableRandom(42);

  static Stream<GradientCases.Case> cases() {
    return GradientCases.all();
  }

  /**
   * Along random unit directions within each tensor. The difference of two float32 losses of size
   * about 10 is off by 10 * 6e-8 * sqrt(examples) / 2h, about 2e-4; the formula by h^2 / 6 times
   * the third derivative, about 1e-4, and where a kink lies between the two by up to h times the
   * change of slope. Directional derivatives here are of size 0.1 to 10.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void gradientAgreesWithCentralDifferences(GradientCases.Case sample) {
    NetworkSpec spec = sample.spec();
    ExampleFeed feed = feed(spec, sample.examples());
    float[] parameters = values(spec.parameterCount());
    try (Network network = Network.compile(spec)) {
      set(network, parameters);
      network.gradient(feed, SEED);
      float[] gradient = Vectors.gradient(network);
      for (TensorSpec placed : spec.tensors()) {
        if (placed.tensor() instanceof Tensor.Statistic) {
          continue;
        }
        float[] own = Arrays.copyOfRange(gradient, placed.range().from(), placed.range().to());
        for (int direction = 0; direction < 3; direction++) {
          float[] d = unit(parameters.length, placed);
          double above = loss(network, feed, plus(parameters, d, H));
          double below = loss(network, feed, plus(parameters, d, -H));

          assertThat((above - below) / (2 * H))
              .as(placed.name())
              .isCloseTo(dot(gradient, d), within(4e-3 + 1e-2 * norm(own)));
        }
      }
    }
  }

  @Test
  void everyKindOfLayerHasACase() {
    Set<Class<?>> kinds =
        layers()
            .flatMap(l -> l instanceof Named n ? Stream.of(n, n.layer()) : Stream.of(l))
            .map(LayerSpec::getClass)
            .collect(Collectors.toSet());

    assertThat(kinds).containsExactlyInAnyOrder(LayerSpec.class.getPermittedSubclasses());
  }

  @Test
  void everyActivationHasACase() {
    assertThat(plain().filter(Dense.class::isInstance).map(l -> ((Dense) l).activation()))
        .containsAll(EnumSet.allOf(Activation.class));
    assertThat(
            plain()
                .filter(ActivationLayer.class::isInstance)
                .map(l -> ((ActivationLayer) l).function()))
        .containsAll(EnumSet.allOf(Activation.class));
    assertThat(plain().filter(Conv2d.class::isInstance).map(l -> ((Conv2d) l).activation()))
        .containsAll(EnumSet.complementOf(EnumSet.of(Activation.SOFTMAX)));
  }

  @Test
  void everyLossHasACase() {
    Set<Class<?>> losses = cases().map(c -> c.spec().loss().getClass()).collect(Collectors.toSet());

    assertThat(losses).containsExactlyInAnyOrder(Loss.class.getPermittedSubclasses());
  }

  private static Stream<LayerSpec> layers() {
    return cases().flatMap(c -> c.spec().layers().stream());
  }

  private static Stream<LayerSpec> plain() {
    return layers().map(l -> l instanceof Named named ? named.layer() : l);
  }

  private static double loss(Network network, ExampleFeed feed, float[] parameters) {
    set(network, parameters);
    return network.gradient(feed, SEED).lossSum(); // as while training
  }

  private static void set(Network network, float[] parameters) {
    network.parameters().asFloatBuffer().put(parameters);
  }

  private ArrayFeed feed(NetworkSpec spec, int count) {
    float[] features = values(count * spec.inputWidth());
    spec.vocabulary().ifPresent(limit -> fillWhole(features, limit));
    float[] labels = values(count * spec.labelWidth());
    spec.loss().classes(spec.outputWidth()).ifPresent(classes -> fillWhole(labels, classes));
    return new ArrayFeed(count, features, labels);
  }

  private void fillWhole(float[] values, int limit) {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(limit);
    }
  }

  private float[] values(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private float[] unit(int length, TensorSpec placed) {
    float[] d = new float[length];
    for (int i = placed.range().from(); i < placed.range().to(); i++) {
      d[i] = (float) random.nextDouble(-1, 1);
    }
    double norm = norm(d);
    for (int i = 0; i < length; i++) {
      d[i] /= (float) norm;
    }
    return d;
  }

  private static float[] plus(float[] x, float[] d, double factor) {
    float[] sum = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      sum[i] = (float) (x[i] + factor * d[i]);
    }
    return sum;
  }

  private static double norm(float[] x) {
    return Math.sqrt(dot(x, x));
  }

  private static double dot(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (double) x[i] * y[i];
    }
    return sum;
  }
}
