package dev.drey.job.specification.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.network.NetworkSpec;
import dev.drey.job.specification.SpecText;
import dev.drey.job.specification.key.SpecificationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSettingsTest {

  private static final String DATA = "data: {format: idx, features: x.gz, labels: y.gz}\n";

  @Test
  void withoutAnInputTheNetworkIsAsWideAsTheData() throws SpecificationException {
    NetworkSpec network = network("[{dense: {units: 3}}]").bind(List.of(784));

    assertThat(network.input()).containsExactly(784);
    assertThat(network.outputWidth()).isEqualTo(3);
  }

  @Test
  void theInputThatIsGivenGoesBeforeTheData() throws SpecificationException {
    NetworkSettings settings =
        SpecText.read(
                "network: {input: [1, 28, 28], layers: [{conv2d: {filters: 2}}, flatten]}\n" + DATA)
            .network();

    assertThat(settings.bind(List.of(784)).input()).containsExactly(1, 28, 28);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          784  | , as [1, 28, 28]
          3072 | , as [3, 32, 32]
          100  | , as [1, 10, 10]
          90   | ''
          1    | ''
          """)
  void aConvolutionOfFlatDataAsksForTheirShape(int width, String example)
      throws SpecificationException {
    NetworkSettings settings = network("[{conv2d: {filters: 2}}, flatten]");

    assertThatThrownBy(() -> settings.bind(List.of(width)))
        .isInstanceOf(SpecificationException.class)
        .hasMessage(
            "network.layers: layer 0: conv2d: input shape is [%d], must be [channels, height, width];"
                + " say in network.input how the %d values of an example lie%s",
            width, width, example);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [28, 28]    | [{dense: {units: 3}}] | layers: the last layer's output shape is [28, 3], must have one dimension
          [28, 28]    | [{conv2d: {filters: 3}}] | layers: layer 0: conv2d: input shape is [28, 28], must be [channels, height, width] (line 1)
          [1, 28, 28] | [{dense: {units: 3}}] | layers: layer 0: dense: input shape is [1, 28, 28], must be [features] or [time, features]; put flatten before it
          [1, 4, 4]   | [max-pooling2d, {conv2d: {filters: 1}, name: top}, flatten] | layers: layer 1 (top): conv2d: input shape is [1, 2, 2], with padding 2x2, which is smaller than its window of 3x3
          [4, 6]      | [{multi-head-attention: {heads: 4}}] | layers: layer 0: multi-head-attention: input shape is [4, 6], its features must be a multiple of heads, 4
          [6]         | [{dense: {units: 3}, name: a}, {dense: {units: 4}}, {add: {from: a}}] | layers: layer 2: add: input shape is [4], what it adds, a, has [3], must be the same
          [6]         | [{dense: {units: 3}, from: a}] | layers: layer 0: no earlier layer has the name "a"
          [6]         | [{dense: {units: 3}, name: a}, {dense: {units: 3}, name: a}] | layers: layer 1 (a): there is another layer of the name a
          [6]         | [{dense: {units: 3}}, {lstm: {units: 2}}] | layers: layer 1: lstm: input shape is [3], must be [time, features] (line 1)
          [6]         | [{lstm: {units: 2}}] | layers: layer 0: lstm: input shape is [6], must be [time, features]; say in network.input how the 6 values of an example lie (line 1)
          [99999, 99999, 99999, 9] | [flatten] | layers: input shape is [99999, 99999, 99999, 9], must have at most
          [99999, 999] | [{lstm: {units: 99999, return-sequences: true}}, flatten] | layers: layer 0: lstm: output shape is [99999, 99999], must have at most
          """)
  void anImpossibleShapeNamesTheLayerItsInputAndTheRule(
      String input, String layers, String expected) {
    assertThat(SpecText.faults("network: {input: " + input + ", layers: " + layers + "}\n" + DATA))
        .singleElement()
        .asString()
        .startsWith("network." + expected);
  }

  @Test
  void classWeightsMustBeOnePerOutput() {
    assertThat(
            SpecText.faults(
                "network: {input: [4], layers: [{dense: {units: 3}}], loss:"
                    + " {softmax-cross-entropy: {class-weights: [1, 2]}}}\n"
                    + DATA))
        .containsExactly(
            "network.loss: softmax-cross-entropy has 2 class weights, the network has 3 outputs"
                + " (line 1)");
  }

  private static NetworkSettings network(String layers) throws SpecificationException {
    return SpecText.read("network: {layers: " + layers + "}\n" + DATA).network();
  }
}
