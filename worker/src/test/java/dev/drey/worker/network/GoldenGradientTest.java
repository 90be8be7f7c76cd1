package dev.drey.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against what PyTorch computes in float64 from the same float32 inputs
 * (src/test/python/golden.py).
 *
 * <p>Tolerance: a sum of k float32 products is off by about sqrt(k) * 6e-8 relative; with k of at
 * most 33 per sum and a few layers that is about 1e-6, and 1e-5 leaves room for cancellation.
 */
class GoldenGradientTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those of src/test/resources/golden. */
  static Stream<Named<JsonNode>> cases() throws IOException, URISyntaxException {
    Path directory = Path.of(GoldenGradientTest.class.getResource("/golden").toURI());
    List<Named<JsonNode>> cases = new ArrayList<>();
    try (var files = Files.newDirectoryStream(directory, "*.json")) {
      for (Path file : files) {
        for (JsonNode golden : JSON.readTree(file.toFile())) {
          cases.add(Named.of(file.getFileName() + ": " + golden.get("title").asText(), golden));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientAgreesWithPyTorch(JsonNode golden) throws IOException {
    try (Network network = network(golden)) {
      double loss = network.gradient(feed(golden), golden.get("seed").asLong()).lossSum();

      assertThat(loss).isCloseTo(golden.get("lossSum").asDouble(), within(1e-5 * (1 + loss)));
      assertThat(Vectors.relativeError(Vectors.gradient(network), doubles(golden, "gradient")))
          .isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictionAgreesWithPyTorch(JsonNode golden) throws IOException {
    try (Network network = network(golden)) {
      double[] expected = doubles(golden, "outputs");
      float[] outputs = new float[expected.length];

      network.predict(feed(golden), outputs);

      assertThat(Vectors.relativeError(outputs, expected)).isLessThan(1e-5);
    }
  }

  private static Network network(JsonNode golden) throws IOException {
    Network network = Network.compile(spec(golden));
    network.parameters().asFloatBuffer().put(floats(golden, "parameters"));
    return network;
  }

  private static NetworkSpec spec(JsonNode golden) throws IOException {
    return JSON.treeToValue(golden.get("network"), NetworkSpec.class);
  }

  private static ExampleFeed feed(JsonNode golden) {
    return new ArrayFeed(
        golden.get("examples").asInt(), floats(golden, "features"), floats(golden, "labels"));
  }

  private static double[] doubles(JsonNode golden, String key) {
    return StreamSupport.stream(golden.get(key).spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static float[] floats(JsonNode golden, String key) {
    return Vectors.floats(doubles(golden, key));
  }
}
