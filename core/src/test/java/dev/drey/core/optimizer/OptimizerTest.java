package dev.drey.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.core.optimizer.Optimizer.Update;
import dev.drey.core.parameters.Range;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void anOptimizersNameIsThatOfTheSpecification() {
    assertThat(new Momentum(0.9f).name()).isEqualTo("momentum");
    assertThat(Adam.DEFAULT.name()).isEqualTo("adam");
  }

  @Test
  void sgdGoesDownTheMeanGradient() {
    float[] parameters = {1, 2};

    new Sgd()
        .apply(
            parameters,
            new float[] {8, -4},
            new float[0][],
            new Range(0, 2),
            new Update(1f / 4, 1, 0.5f, 0));

    assertThat(parameters).containsExactly(0, 2.5f);
  }

  /**
   * Twenty steps, each rounding a handful of operations on values below 4: at most about 10 ulps of
   * 2^-22 a step, so 20 * 10 * 2.4e-7 = 5e-5 would bound the worst case; measured under 2e-6.
   */
  @ParameterizedTest
  @MethodSource("optimizersAndPenalties")
  void everyStepIsTheOneOfPyTorch(String name, Optimizer optimizer, float l2) throws IOException {
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

      optimizer.apply(
          parameters,
          gradientSum,
          moments,
          new Range(0, parameters.length),
          new Update(1f / 8, step, rate, l2));

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
  @MethodSource("optimizersAndPenalties")
  void aRangeByItselfChangesAsItDoesWithinTheWhole(String name, Optimizer optimizer, float l2) {
    float[] whole = new float[37];
    float[] gradient = new float[37];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = i / 10f - 1;
      gradient[i] = (i * 7 % 11) - 5;
    }
    float[] start = whole.clone();
    float[] part = Arrays.copyOfRange(whole, 5, 20);
    float[] partGradient = Arrays.copyOfRange(gradient, 5, 20);
    float[] inPlace = whole.clone();
    float[][] moments = new float[optimizer.moments()][whole.length];
    float[][] partMoments = new float[optimizer.moments()][part.length];
    float[][] inPlaceMoments = new float[optimizer.moments()][whole.length];
    for (int step = 1; step <= 3; step++) {
      Update update = new Update(0.1f, step, 0.01f, l2);
      optimizer.apply(whole, gradient, moments, new Range(0, 37), update);
      optimizer.apply(part, partGradient, partMoments, new Range(0, 15), update);
      optimizer.apply(inPlace, gradient, inPlaceMoments, new Range(5, 20), update);
    }

    float[] changed = Arrays.copyOfRange(whole, 5, 20);
    assertThat(part).as(name).containsExactly(changed);
    assertThat(Arrays.copyOfRange(inPlace, 5, 20)).as(name).containsExactly(changed);
    assertThat(Arrays.copyOf(inPlace, 5)).containsExactly(Arrays.copyOf(start, 5));
    assertThat(Arrays.copyOfRange(inPlace, 20, 37))
        .containsExactly(Arrays.copyOfRange(start, 20, 37));
    for (float[] moment : inPlaceMoments) {
      assertThat(Arrays.copyOf(moment, 5)).containsOnly(0);
      assertThat(Arrays.copyOfRange(moment, 20, 37)).containsOnly(0);
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Momentum(1)).hasMessage("momentum is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> new Nesterov(0))
        .hasMessage("nesterov: momentum is 0, must be in (0, 1)");
    assertThatThrownBy(() -> new Adam(-0.1f, 0.999f, 1e-8f))
        .hasMessage("beta1 is -0.1, must be in [0, 1)");
    assertThatThrownBy(() -> new Adam(0.9f, Float.NaN, 1e-8f))
        .hasMessage("beta2 is NaN, must be in [0, 1)");
    assertThatThrownBy(() -> new Adam(0.9f, 0.999f, 0))
        .hasMessage("epsilon is 0.0, must be above 0 and finite");
    assertThatThrownBy(() -> new AdamW(0.9f, 0.999f, 1e-8f, -1))
        .hasMessage("weight-decay is -1.0, must be at least 0 and finite");
  }

  @Test
  void vectorsThatDoNotFitAreRefused() {
    Optimizer adam = Adam.DEFAULT;

    Range all = new Range(0, 3);
    Update update = new Update(1, 1, 1, 0);

    assertThatThrownBy(() -> adam.apply(new float[3], new float[2], new float[2][3], all, update))
        .hasMessage("gradient has 2 values, the parameters 3");
    assertThatThrownBy(() -> adam.apply(new float[3], new float[3], new float[1][3], all, update))
        .hasMessageEndingWith("got 1 moments, needs 2");
    assertThatThrownBy(
            () -> adam.apply(new float[1], new float[1], new float[][] {{0}, {}}, all, update))
        .hasMessage("moment 1 has 0 values, the parameters 1");
    assertThatThrownBy(() -> adam.apply(new float[2], new float[2], new float[2][2], all, update))
        .hasMessage("range is [0, 3), the parameters are 2");
  }

  @Test
  void stepsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new Update(1, 0, 1, 0)).hasMessage("step is 0, must be at least 1");
    assertThatThrownBy(() -> new Update(1, 1, 1, -1))
        .hasMessage("l2 is -1.0, must be at least 0 and finite");
    assertThatThrownBy(() -> new Update(1, 1, 1, Float.NaN))
        .hasMessage("l2 is NaN, must be at least 0 and finite");
  }

  @Test
  void everyOptimizerIsComparedWithPyTorch() {
    assertThat(optimizers().<Class<?>>map(each -> each.get()[1].getClass()))
        .containsExactlyInAnyOrder(Optimizer.class.getPermittedSubclasses());
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of("sgd", new Sgd()),
        Arguments.of("momentum", Momentum.DEFAULT),
        Arguments.of("nesterov", Nesterov.DEFAULT),
        Arguments.of("adam", Adam.DEFAULT),
        Arguments.of("adamw", AdamW.DEFAULT));
  }

  static Stream<Arguments> optimizersAndPenalties() {
    return Stream.concat(
            optimizers().map(each -> Arguments.of(each.get()[0], each.get()[1], 0f)),
            optimizers().map(each -> Arguments.of(each.get()[0] + "-l2", each.get()[1], 0.125f)))
        .filter(each -> !each.get()[0].equals("adamw-l2")); // torch's AdamW has no penalty
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
