package dev.drey.job.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.Gru;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerNormalization;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Lstm;
import dev.drey.core.layer.MultiHeadAttention;
import dev.drey.core.layer.Named;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.PositionalEmbedding;
import dev.drey.core.layer.Window;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.OnnxFile;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.onnx.EveryLayer;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.job.onnx.ServedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PretrainedWeightsTest {

  private static final Path PYTORCH = Path.of("src/test/resources/pytorch");
  private static final Initializer START = Initializer.GLOROT_UNIFORM;

  private static final NetworkSpec TWO_LAYERS = network(List.of(4), dense(3), dense(2));

  /** As the script of src/test/python has it. */
  private static final NetworkSpec IMAGES =
      network(
          List.of(2, 5, 5),
          new Conv2d(
              3,
              new Window(new Extent(3, 2), Extent.ONE, new Padding.Fixed(new Extent(1, 0))),
              Activation.LINEAR,
              START),
          new BatchNormalization(0.9f, 1e-5f),
          new ActivationLayer(Activation.RELU),
          new Conv2d(
              4, new Window(Extent.square(3), Extent.ONE, Padding.valid()), Activation.TANH, START),
          new Flatten(),
          dense(3));

  private static final NetworkSpec SEQUENCES =
      network(
          List.of(5),
          new Embedding(7, 6, START),
          new Named("y", null, new PositionalEmbedding(START)),
          new LayerNormalization(1e-5f),
          new MultiHeadAttention(2, false, START),
          new Add("y"),
          new Dense(8, Activation.GELU, START),
          new Lstm(4, true, START),
          new Gru(3, false, START),
          dense(2));

  @TempDir private Path directory;

  @Test
  void runStartsFromAnEarlierOne() throws IOException {
    float[] parameters = TWO_LAYERS.initialParameters(1);
    WeightsFile.write(new ModelDirectory(directory).weights(), TWO_LAYERS, parameters);

    PretrainedWeights weights = PretrainedWeights.open(directory, TWO_LAYERS);

    assertThat(weights.read()).isEqualTo(parameters);
  }

  @Test
  void fileThatHasChangedSinceIsRefused() throws IOException {
    Path file = directory.resolve("start.npz");
    WeightsFile.write(file, TWO_LAYERS, TWO_LAYERS.initialParameters(1));
    PretrainedWeights weights = PretrainedWeights.open(file, TWO_LAYERS);
    WeightsFile.write(file, TWO_LAYERS, TWO_LAYERS.initialParameters(2));

    assertThatThrownBy(weights::read)
        .hasMessageStartingWith("weights in " + file + " have SHA-256 ")
        .hasMessageContaining(weights.sha256());
  }

  static List<EveryLayer.Trial> trials() {
    return EveryLayer.trials();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void modelThatWasWrittenIsReadBack(EveryLayer.Trial trial) throws IOException {
    Path file = directory.resolve("model.onnx");
    NetworkSpec network = trial.network();
    OnnxFile.write(file, new OnnxModel("a-run", network, Normalization.UNIT), trial.parameters());

    assertThat(PretrainedWeights.open(file, network).read()).isEqualTo(trial.parameters());
  }

  /** The weights are right if our network gives PyTorch's outputs, in onnxruntime. */
  @ParameterizedTest
  @ValueSource(strings = {"images.npz", "images-13.onnx", "images-17.onnx"})
  void imageNetworkOfPyTorchComputesTheSameHere(String file) throws Exception {
    assertComputesTheSame(IMAGES, file, "images.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequences.npz", "sequences-13.onnx", "sequences-17.onnx"})
  void sequenceNetworkOfPyTorchComputesTheSameHere(String file) throws Exception {
    assertComputesTheSame(SEQUENCES, file, "sequences.json");
  }

  private static void assertComputesTheSame(NetworkSpec network, String file, String outputs)
      throws Exception {
    float[] parameters = PretrainedWeights.open(PYTORCH.resolve(file), network).read();
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    new OnnxModel("a-run", network, Normalization.NONE).write(model, parameters);
    JsonNode expected = new ObjectMapper().readTree(PYTORCH.resolve(outputs).toFile());
    try (ServedModel served = new ServedModel(model.toByteArray())) {
      float[][] computed = served.outputs(2, floats(expected.path("features")));
      float[] all = new float[2 * network.outputWidth()];
      for (int i = 0; i < 2; i++) {
        System.arraycopy(computed[i], 0, all, i * computed[i].length, computed[i].length);
      }
      assertThat(all)
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(floats(expected.path("outputs")));
    }
  }

  private static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) list.get(i).asDouble();
    }
    return values;
  }

  @Test
  void everyTensorThatDoesNotFitIsTold() throws IOException {
    NetworkSpec other = network(List.of(5), dense(3), dense(2), dense(2));
    Path file = directory.resolve("start.npz");
    WeightsFile.write(file, other, other.initialParameters(1));
    NetworkSpec network =
        network(List.of(4), dense(3), dense(2), new Named("last", null, dense(2)));

    assertThat(problems(file, network))
        .containsExactly(
            "tensor 0.kernel would get shape [5, 3] from 0.kernel, must be [4, 3]",
            "tensor last.kernel of shape [2, 2] is missing: no array has its name",
            "tensor last.bias of shape [2] is missing: no array has its name",
            "the network has no place for 2.kernel, 2.bias");
  }

  @Test
  void layerOfPyTorchThatDoesNotFitIsTold() {
    NetworkSpec network =
        network(
            List.of(2, 5, 5),
            new Conv2d(
                3,
                new Window(Extent.square(3), Extent.ONE, Padding.valid()),
                Activation.LINEAR,
                START),
            new Flatten(),
            dense(3));

    assertThat(problems(PYTORCH.resolve("images.npz"), network))
        .containsExactly(
            "tensor 0.kernel would get shape [3, 2, 3, 2] from first.weight, must be [3, 2, 3, 3]",
            "tensor 2.kernel would get shape [3] from normal.weight, must be [27, 3]",
            "the network has no place for second.weight, out.weight, out.bias");
    assertThat(problems(PYTORCH.resolve("images-13.onnx"), network))
        .hasSize(4)
        .contains(
            "tensor 0.kernel would get shape [3, 2, 3, 2] from first.weight, must be [3, 2, 3, 3]")
        .anyMatch(problem -> problem.contains("which has scale, offset, mean, variance"));
  }

  @Test
  void layersThatAreMissingAreTold() {
    Stream<LayerSpec> more = Stream.concat(IMAGES.layers().stream(), Stream.of(dense(2)));
    NetworkSpec network = network(IMAGES.input(), more.toArray(LayerSpec[]::new));

    assertThat(problems(PYTORCH.resolve("images.npz"), network))
        .containsExactly(
            "tensor 6.kernel of shape [3, 2] is missing: no module is left for it",
            "tensor 6.bias of shape [2] is missing: no module is left for it");
    assertThat(problems(PYTORCH.resolve("images-17.onnx"), network))
        .containsExactly(
            "tensor 6.kernel of shape [3, 2] is missing: no operator with weights is left for it",
            "tensor 6.bias of shape [2] is missing: no operator with weights is left for it");
  }

  private static List<String> problems(Path file, NetworkSpec network) {
    return catchThrowableOfType(MisfitException.class, () -> PretrainedWeights.open(file, network))
        .problems();
  }

  @Test
  void whatIsNoFileOfWeightsIsRefused() throws IOException {
    assertRefused(directory.resolve("none.npz"), "none.npz does not exist");
    assertRefused(directory, "weights.npz does not exist: no run has ended in this directory");
    assertRefused(file("weights.pt", "x"), "must be a run's directory, an .npz file or an .onnx");
    assertRefused(file("a.npz", "x"), "a.npz is no .npz file: ");
    assertRefused(file("a.onnx", "no model at all"), "a.onnx is not an ONNX model: ");
    assertRefused(file("empty.onnx", ""), "empty.onnx is not an ONNX model: it has no graph");
    assertRefused(zip("text.npz", "readme.txt", "x"), "has an entry that is not an array");
    assertRefused(zip("b.npz", "0.kernel.npy", "x"), "0.kernel.npy: is truncated");
  }

  @Test
  void fileThatIsLargerThanTheWeightsExplainIsNotRead() throws IOException {
    Path file = directory.resolve("large.onnx");
    try (var channel = Files.newByteChannel(Files.createFile(file), StandardOpenOption.WRITE)) {
      channel.position((64 << 20) + 8 * 23);
      channel.write(ByteBuffer.allocate(1));
    }

    assertRefused(file, "has 67109049 bytes, a model with the network's 23 weights has at most");
  }

  @Test
  void valueThatIsNotFiniteIsRefused() throws IOException {
    float[] parameters = TWO_LAYERS.initialParameters(1);
    parameters[15] = Float.NaN;
    Path file = directory.resolve("start.npz");
    WeightsFile.write(file, TWO_LAYERS, parameters);

    assertRefused(file, "value 0 of tensor 1.kernel is NaN, must be finite");
  }

  @Test
  void damagedArrayIsRefused() throws IOException {
    Path file = directory.resolve("start.npz");
    WeightsFile.write(file, TWO_LAYERS, TWO_LAYERS.initialParameters(1));
    byte[] bytes = Files.readAllBytes(file);
    bytes[180] ^= 1; // in the first array's values
    Files.write(file, bytes);

    assertRefused(file, "0.kernel.npy is damaged: its checksum does not match");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private Path zip(String name, String entry, String content) throws IOException {
    Path file = directory.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static void assertRefused(Path path, String told) {
    assertThatThrownBy(() -> PretrainedWeights.open(path, TWO_LAYERS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(told);
  }

  private static NetworkSpec network(List<Integer> input, LayerSpec... layers) {
    return new NetworkSpec(input, List.of(layers), new Loss.SoftmaxCrossEntropy());
  }

  private static Dense dense(int units) {
    return new Dense(units, Activation.LINEAR, START);
  }
}
