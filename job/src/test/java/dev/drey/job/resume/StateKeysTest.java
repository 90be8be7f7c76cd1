package dev.drey.job.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.key.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateKeysTest {

  private static final Path FILE = Path.of("run/spec.yaml");

  private static final String SPEC =
      """
      network:
        layers:
          - dense: {units: 16}
          - dense: {units: 10}
      data: {format: idx, features: images.gz, labels: labels.gz}
      workers: {count: 4}
      """;

  private static RunSpecification read(Map<String, String> overrides)
      throws SpecificationException {
    return RunSpecification.parse(
        SPEC.getBytes(StandardCharsets.UTF_8),
        overrides,
        new Surroundings(Path.of("/specs"), "spec", 4, false));
  }

  private static List<String> differences(Map<String, String> now) throws SpecificationException {
    return StateKeys.differences(read(now), read(Map.of()), FILE).stream()
        .map(Fault::toString)
        .toList();
  }

  @Test
  void everyKeyThatDiffersIsToldWithBothValues() throws Exception {
    assertThat(
            differences(
                Map.of(
                    "training.mini-batch", "32",
                    "workers.count", "2",
                    "training.optimizer", "sgd",
                    "aggregation.structure", "[1, 2]")))
        .containsExactly(
            "training.optimizer: is sgd, must be as in run/spec.yaml: adam",
            "training.mini-batch: is 32, must be as in run/spec.yaml: 64",
            "workers.count: is 2, must be as in run/spec.yaml: 4",
            "aggregation.structure: is [1, 2], must be as in run/spec.yaml: [1, 4]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "network.loss; mean-squared-error",
        "network.layers; [dense: {units: 16}, dense: {units: 10, activation: tanh}]",
        "network.layers; [dense: {units: 10}]",
        "data.features; others.gz",
        "data.normalization; none",
        "data.test; {fraction: 0}",
        "training.optimizer; momentum",
        "training.mini-batch; 65",
        "training.seed; 2",
        "training.staleness; 1",
        "training.clip-norm; 1",
        "workers.count; 8",
        "aggregation.structure; '[1, 2, 4]'",
        "aggregation.structure; auto"
      })
  void whatTheStateDependsOnMustStay(String key, String value) throws Exception {
    assertThat(differences(Map.of(key, value)))
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault).contains(", must be as in run/spec.yaml: "));
  }

  @ParameterizedTest
  @CsvSource({
    "name, other",
    "training.epochs, 20",
    "training.steps, 2000",
    "training.learning-rate, 0.01",
    "training.optimizer, adam: {beta1: 0.8}",
    "network.init-from, other.npz",
    "workers.concurrency, 1",
    "workers.runtime, in-process",
    "workers.memory, 3 GB",
    "workers.memory, auto",
    "planning.goal, cost",
    "workers.timeout, 2 min",
    "checkpoints.interval, 1 s",
    "budget.dollars, 3",
    "output.directory, elsewhere"
  })
  void allElseMayChange(String key, String value) throws Exception {
    String yaml = value.startsWith("adam") ? "{" + value + "}" : value;

    assertThat(differences(Map.of(key, yaml))).isEmpty();
  }

  private static final String STREAM =
      """
      network: {layers: [dense: {units: 1}]}
      data:
        kafka: {bootstrap-servers: "localhost:9092", topics: flights}
        format: {floats: {features: 3, labels: 1}}
      """;

  private static List<Fault> differencesOfStream(Map<String, String> now)
      throws SpecificationException {
    Surroundings here = new Surroundings(Path.of("/specs"), "spec", 4, false);
    byte[] yaml = STREAM.getBytes(StandardCharsets.UTF_8);
    return StateKeys.differences(
        RunSpecification.parse(yaml, now, here),
        RunSpecification.parse(yaml, Map.of(), here),
        FILE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "data.kafka.bootstrap-servers; other:9092",
        "data.kafka.group; pilots",
        "data.kafka.start; latest",
        "data.kafka.discovery; off",
        "data.kafka.lost-offsets; count",
        "data.kafka.properties; {isolation.level: read_committed}",
        "data.max-wait; 20 ms",
        "data.max-record; 2 MB"
      })
  void howAStreamIsReadMayChange(String key, String value) throws Exception {
    assertThat(differencesOfStream(Map.of(key, value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "data.kafka.topics; other",
        "data.kafka.end; latest",
        "data.format; {floats: {features: 3, labels: 1, order: big-endian}}",
        "data.hold-out.fraction; 0.5",
        "data.dead-letter-topic; dead"
      })
  void whatAStreamIsMadeOfMustStay(String key, String value) throws Exception {
    assertThat(differencesOfStream(Map.of(key, value))).hasSize(1);
  }

  @Test
  void whatAutoStartedWithMayDiffer() throws Exception {
    RunSpecification auto = read(Map.of("aggregation.structure", "auto"));
    RunSpecification planned =
        read(Map.of("aggregation.structure", "auto", "aggregation.planned", "[1, 2, 4]"));

    assertThat(StateKeys.differences(auto, planned, FILE)).isEmpty();
  }

  @Test
  void aKeyThatIsLeftOutIsTold() throws Exception {
    assertThat(StateKeys.differences(read(Map.of()), read(Map.of("network.input", "[784]")), FILE))
        .extracting(Fault::toString)
        .containsExactly("network.input: is left out, must be as in run/spec.yaml: [784]");
  }
}
