package dev.drey.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "LOGISTIC, 7850",
    "MLP, 535818",
    "LENET, 431080",
    "CIFAR, 1756426", // as Feng et al. (2018) give it
    "LSTM, 81674",
    "TRANSFORMER, 166666"
  })
  void hasTheParametersOfItsModel(ReferenceNetwork network, int parameters) {
    assertThat(network.spec().parameterCount()).isEqualTo(parameters);
  }
}
