package dev.drey.job.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Named;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.Node;
import dev.drey.job.onnx.EveryLayer.Trial;
import dev.drey.worker.network.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What onnxruntime makes of a model, and what the worker does. */
final class OnnxModelTest {

  /**
   * Outputs are of the order of 1; two orders of adding up a few hundred floats differ by less than
   * a hundred roundings of 6e-8.
   */
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);

  private static final NetworkSpec SMALL =
      new NetworkSpec(
          List.of(2, 3, 1),
          List.of(new Flatten(), new Dense(2, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
          new Loss.SoftmaxCrossEntropy());

  @Test
  void modelTakesAnyBatchOfFeaturesAndGivesOutputs() throws Exception {
    try (ServedModel served = new ServedModel(model(SMALL, Normalization.NONE, new float[14]))) {
      assertThat(ServedModel.shape(served.session().getInputInfo().get("features")))
          .containsExactly(-1, 2, 3, 1);
      assertThat(ServedModel.shape(served.session().getOutputInfo().get("outputs")))
          .containsExactly(-1, 2);
      assertThat(served.session().getMetadata().getProducerName()).isEqualTo("drey");
      assertThat(served.session().getMetadata().getCustomMetadata())
          .isEqualTo(
              Map.of(
                  "drey.run",
                  "a-run",
                  "drey.outputs",
                  "logits of classes: softmax over them gives probabilities, the largest is the"
                      + " class",
                  "drey.normalization",
                  "none"));
    }
  }

  static List<Trial> trials() {
    return EveryLayer.trials();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void runtimeGivesWhatTheWorkerDoes(Trial trial) throws Exception {
    float[] parameters = trial.parameters();
    int width = trial.network().outputWidth();
    try (ServedModel served =
        new ServedModel(model(trial.network(), Normalization.NONE, parameters))) {
      for (int count : new int[] {1, 5}) {
        float[] features = trial.features(count);
        float[][] outputs = served.outputs(count, features);
        float[] ours = worker(trial.network(), parameters, count, features);
        assertThat(outputs).hasDimensions(count, width);
        for (int i = 0; i < count; i++) {
          assertThat(outputs[i])
              .usingComparatorWithPrecision(TOLERANCE.value)
              .containsExactly(Arrays.copyOfRange(ours, i * width, (i + 1) * width));
        }
      }
    }
  }

  @Test
  void everyKindOfLayerIsTried() {
    Set<Class<?>> tried =
        EveryLayer.trials().stream()
            .flatMap(trial -> trial.network().nodes().stream())
            .map(Node::layer)
            .map(Object::getClass)
            .collect(Collectors.toSet());
    Set<Class<?>> kinds =
        Stream.of(LayerSpec.class.getPermittedSubclasses())
            .filter(kind -> kind != Named.class)
            .collect(Collectors.toSet());

    assertThat(tried).isEqualTo(kinds);
  }

  @Test
  void normalizationIsPartOfTheModel() throws Exception {
    float[] parameters = SMALL.initialParameters(1);
    float[] stored = {3, 10, -1, 2, 7, 250};
    Normalization columns =
        new Normalization(List.of(1f, 2f, 3f, 4f, 5f, 6f), List.of(1f, 2f, 0.5f, 4f, 3f, 100f));
    float[] seen = new float[6];
    for (int i = 0; i < 6; i++) {
      seen[i] = (stored[i] - columns.mean().get(i)) / columns.deviation().get(i);
    }

    assertThat(only(SMALL, columns, parameters, stored))
        .isEqualTo(only(SMALL, Normalization.NONE, parameters, seen));
    for (int i = 0; i < 6; i++) {
      seen[i] = stored[i] / 255;
    }
    assertThat(only(SMALL, Normalization.UNIT, parameters, stored))
        .isEqualTo(only(SMALL, Normalization.NONE, parameters, seen));
    try (ServedModel served = new ServedModel(model(SMALL, columns, parameters))) {
      assertThat(served.session().getMetadata().getCustomMetadata())
          .containsEntry(
              "drey.normalization",
              "the model's own first operators: features go in as they are stored");
    }
  }

  @Test
  void sameParametersGiveTheSameBytes() throws Exception {
    Trial trial = trials().get(trials().size() - 1);

    assertThat(model(trial.network(), Normalization.UNIT, trial.parameters()))
        .isEqualTo(model(trial.network(), Normalization.UNIT, trial.parameters()));
  }

  @Test
  void otherNumberOfParametersIsRefused() {
    assertThatThrownBy(() -> model(SMALL, Normalization.NONE, new float[13]))
        .hasMessage("there are 13 parameters, the network has 14");
  }

  private static float[] only(
      NetworkSpec network, Normalization normalization, float[] parameters, float[] features)
      throws Exception {
    try (ServedModel served = new ServedModel(model(network, normalization, parameters))) {
      return served.outputs(1, features)[0];
    }
  }

  private static byte[] model(NetworkSpec network, Normalization normalization, float[] parameters)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new OnnxModel("a-run", network, normalization).write(out, parameters);
    return out.toByteArray();
  }

  private static float[] worker(NetworkSpec spec, float[] parameters, int count, float[] features) {
    try (Network network = Network.compile(spec)) {
      ByteBuffer memory = network.parameters();
      memory.asFloatBuffer().put(parameters);
      float[] outputs = new float[count * spec.outputWidth()];
      network.predict(new Examples(count, features), outputs);
      return outputs;
    }
  }
}
