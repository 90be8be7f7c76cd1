package dev.drey.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void anOptimizersNameIsThatOfTheSpecification() {
    assertThat(new Optimizer.Momentum(0.9f).name()).isEqualTo("momentum");
    assertThat(Optimizer.Adam.DEFAULT.name()).isEqualTo("adam");
  }

  @Test
  void sgdGoesDownTheMeanGradient() {
    float[] parameters = {1, 2};

    new Optimizer.Sgd().apply(parameters, new float[] {8, -4}, 1f / 4, new float[0][], 1, 0.5f);

    assertThat(parameters).containsExactly(0, 2.5f);
  }

  /**
   * Twenty steps, each rounding a handful of operations on values below 4: at most about 10 ulps of
   * 2^-22 a step, so 20 * 10 * 2.4e-7 = 5e-5 would bound the worst case; measured under 2e-6.
   */
  @ParameterizedTest
  @MethodSource("optimizers")
  void everyStepIsTheOneOfPyTorch(String name, Optimizer optimizer) throws IOException {
    JsonNode golden = golden();
    float[] parameters = floats(golden.get("start"));
    float[][] moments = new float[optimizer.moments()][parameters.length];
    float rate = golden.get("rate").floatValue();
    for (int step = 1; step <= golden.get("gradients").size(); step++) {
      float[] gradientSum = floats(golden.get("gradients").get(step - 1));
      for (int i = 0; i < gradientSum.length; i++) {
        gradientSum[i] *= 8; // a sum over eight examples
      }
      float[] before = gradientSum.clone();

      optimizer.apply(parameters, gradientSum, 1f / 8, moments, step, rate);

      assertThat(gradientSum).containsExactly(before);
      for (int i = 0; i < parameters.length; i++) {
        double expected = golden.get("float64").get(name).get(step - 1).get(i).doubleValue();
        assertThat((double) parameters[i])
            .as("parameter %d after step %d", i, step)
            .isCloseTo(expected, within(5e-6));
      }
    }
    float[] single = floats(golden.get("float32").get(name));
    for (int i = 0; i < parameters.length; i++) {
      assertThat(parameters[i]).isCloseTo(single[i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aRangeByItselfChangesAsItDoesWithinTheWhole(String name, Optimizer optimizer) {
    float[] whole = new float[37];
    float[] gradient = new float[37];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = i / 10f - 1;
      gradient[i] = (i * 7 % 11) - 5;
    }
    float[] part = java.util.Arrays.copyOfRange(whole, 5, 20);
    float[] partGradient = java.util.Arrays.copyOfRange(gradient, 5, 20);
    float[][] moments = new float[optimizer.moments()][whole.length];
    float[][] partMoments = new float[optimizer.moments()][part.length];
    for (int step = 1; step <= 3; step++) {
      optimizer.apply(whole, gradient, 0.1f, moments, step, 0.01f);
      optimizer.apply(part, partGradient, 0.1f, partMoments, step, 0.01f);
    }

    assertThat(part).as(name).containsExactly(java.util.Arrays.copyOfRange(whole, 5, 20));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void theNameIsTheJsonKey(String name, Optimizer optimizer) throws IOException {
    assertThat(JSON.readValue("{\"" + name + "\":{}}", Optimizer.class)).isEqualTo(optimizer);
    String text = JSON.writerFor(Optimizer.class).writeValueAsString(optimizer);
    assertThat(text).startsWith("{\"" + name + "\":{");
    assertThat(JSON.readValue(text, Optimizer.class)).isEqualTo(optimizer);
  }

  @Test
  void settingsAreRead() throws IOException {
    String text =
        "{\"adamw\":{\"beta1\":0.8,\"beta2\":0.99,\"epsilon\":1e-6,\"weight-decay\":0.1}}";

    assertThat(JSON.readValue(text, Optimizer.class))
        .isEqualTo(new Optimizer.AdamW(0.8f, 0.99f, 1e-6f, 0.1f));
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Optimizer.Momentum(1))
        .hasMessage("momentum is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> new Optimizer.Nesterov(0))
        .hasMessage("nesterov: momentum is 0, must be in (0, 1)");
    assertThatThrownBy(() -> new Optimizer.Adam(-0.1f, 0.999f, 1e-8f))
        .hasMessage("beta1 is -0.1, must be in [0, 1)");
    assertThatThrownBy(() -> new Optimizer.Adam(0.9f, Float.NaN, 1e-8f))
        .hasMessage("beta2 is NaN, must be in [0, 1)");
    assertThatThrownBy(() -> new Optimizer.Adam(0.9f, 0.999f, 0))
        .hasMessage("epsilon is 0.0, must be above 0 and finite");
    assertThatThrownBy(() -> new Optimizer.AdamW(0.9f, 0.999f, 1e-8f, -1))
        .hasMessage("weight-decay is -1.0, must be at least 0 and finite");
  }

  @Test
  void vectorsThatDoNotFitAreRefused() {
    Optimizer adam = Optimizer.Adam.DEFAULT;

    assertThatThrownBy(() -> adam.apply(new float[3], new float[2], 1, new float[2][3], 1, 1))
        .hasMessage("gradient has 2 values, the parameters 3");
    assertThatThrownBy(() -> adam.apply(new float[3], new float[3], 1, new float[1][3], 1, 1))
        .hasMessageEndingWith("got 1 moments, needs 2");
    assertThatThrownBy(
            () -> adam.apply(new float[1], new float[1], 1, new float[][] {{0}, {}}, 1, 1))
        .hasMessage("moment 1 has 0 values, the parameters 1");
    assertThatThrownBy(() -> adam.apply(new float[3], new float[3], 1, new float[2][3], 0, 1))
        .hasMessage("step is 0, must be at least 1");
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of("sgd", new Optimizer.Sgd()),
        Arguments.of("momentum", Optimizer.Momentum.DEFAULT),
        Arguments.of("nesterov", Optimizer.Nesterov.DEFAULT),
        Arguments.of("adam", Optimizer.Adam.DEFAULT),
        Arguments.of("adamw", Optimizer.AdamW.DEFAULT));
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = OptimizerTest.class.getResourceAsStream("/optimizers.json")) {
      return JSON.readTree(in);
    }
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).floatValue();
    }
    return values;
  }
}
