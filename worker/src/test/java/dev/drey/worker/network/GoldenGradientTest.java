package dev.drey.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against what PyTorch computes in float64 from the same float32 inputs
 * (src/test/python/golden*.py).
 *
 * <p>Tolerance: a sum of k float32 products is off by about sqrt(k) * 6e-8 relative; with k of at
 * most 11 per sum and three layers that is below 1e-6, and 1e-5 leaves room for cancellation.
 */
class GoldenGradientTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<JsonNode> cases() {
    return Stream.of("/golden.json", "/golden-sequences.json").flatMap(GoldenGradientTest::read);
  }

  private static Stream<JsonNode> read(String resource) {
    try (InputStream in = GoldenGradientTest.class.getResourceAsStream(resource)) {
      return StreamSupport.stream(JSON.readTree(in).spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientAgreesWithPyTorch(JsonNode golden) throws IOException {
    try (Network network = network(golden)) {
      double loss = network.gradient(feed(golden), 0).lossSum();

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
    Network network = Network.compile(JSON.treeToValue(golden.get("network"), NetworkSpec.class));
    network.parameters().asFloatBuffer().put(floats(golden, "parameters"));
    return network;
  }

  private static Feed feed(JsonNode golden) {
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
