package dev.drey.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.StepPlan;
import dev.drey.core.network.Loss;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.SpecText;
import dev.drey.job.specification.data.NormalizationSettings;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedDataTest {

  private static final Path EXAMPLES = Path.of("..", "examples");

  private static final String FLIGHTS =
      """
      distance,hour,late
      100,8,0
      200,9,1
      300,10,0
      400,11,1
      """;

  private static final String SPEC =
      """
      network:
        layers:
          - dense: {units: 2}
      data:
        format: csv
        file: flights.csv
        feature-columns: [distance, hour]
        label-columns: [late]
        test: {fraction: 0.25}
      """;

  @TempDir private Path directory;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private RunSpecification read(String text) throws IOException, SpecificationException {
    return RunSpecification.read(write("spec.yaml", text), Map.of());
  }

  /** What is wrong with a specification over flights.csv, without the directory's name. */
  private List<String> faults(String text) throws IOException {
    try {
      PreparedData.open(read(text));
      return List.of();
    } catch (SpecificationException e) {
      return e.faults().stream()
          .map(Fault::toString)
          .map(fault -> fault.replace(directory + "/", ""))
          .toList();
    }
  }

  @Test
  void theExamplesAreReady() throws SpecificationException {
    for (String name : List.of("fashion-mlp.yaml", "fashion-tree.yaml")) {
      RunSpecification spec = RunSpecification.read(EXAMPLES.resolve(name), Map.of());

      PreparedData data = PreparedData.open(spec);

      assertThat(data.network().input()).containsExactly(784);
      assertThat(data.network().parameterCount())
          .isEqualTo(784 * 512 + 512 + 512 * 256 + 256 + 2570);
      assertThat(data.network().loss()).isEqualTo(new Loss.SoftmaxCrossEntropy());
      assertThat(data.normalization()).isEqualTo(Normalization.UNIT);
      assertThat(data.split().train()).hasSize(8000);
      assertThat(data.split().test()).hasSize(2000);
      assertThat(data.test()).isEqualTo(data.training()).isInstanceOf(DataSource.Idx.class);
    }
  }

  @Test
  void thePlanFollowsTheSpecification() throws SpecificationException {
    RunSpecification spec = RunSpecification.read(EXAMPLES.resolve("fashion-mlp.yaml"), Map.of());

    StepPlan plan = PreparedData.open(spec).plan(spec);

    assertThat(plan.stepsPerEpoch()).isEqualTo(63); // 8000 / (2 x 64), rounded up
    assertThat(plan.steps()).isEqualTo(630);
  }

  @Test
  void standardNormalizationIsOverTheTrainingRows() throws Exception {
    write("flights.csv", FLIGHTS);
    RunSpecification spec = read(SPEC + "  normalization: standard\n");

    PreparedData data = PreparedData.open(spec);

    int[] rows = data.split().train();
    assertThat(data.split().test()).hasSize(1);
    double mean = Arrays.stream(rows).mapToDouble(row -> 100 * (row + 1)).average().orElseThrow();
    assertThat(data.normalization().mean().get(0)).isEqualTo((float) mean);
    assertThat(data.normalization().mean()).hasSize(2);
  }

  @Test
  void theSpecificationAsRunHoldsWhatTheDataTaught() throws Exception {
    write("flights.csv", FLIGHTS);
    RunSpecification spec = read(SPEC + "  normalization: standard\n");
    PreparedData data = PreparedData.open(spec);

    RunSpecification resolved = data.resolved(spec);
    RunSpecification readBack = read(resolved.toYaml());

    assertThat(readBack).isEqualTo(resolved);
    assertThat(readBack.network().input()).contains(List.of(2));
    assertThat(readBack.dataSet().normalization())
        .isEqualTo(new NormalizationSettings.Fixed(data.normalization()));
  }

  @Test
  void aPlaceToPublishToThatFlinkDoesNotKnowIsToldWithAllElse() throws Exception {
    write("flights.csv", FLIGHTS);
    RunSpecification spec =
        read(
            SPEC.replace("[distance, hour]", "[distance, minute]")
                + "output: {publish: {every: 10, to: gopher://a/b}}\n");

    assertThatThrownBy(() -> PreparedInput.open(spec))
        .hasMessageContaining("minute")
        .hasMessageContaining(
            "output.publish.to: is gopher://a/b, and Flink has no file system gopher");
  }

  @Test
  void testFilesAreHeldOutWhole() throws Exception {
    write("flights.csv", FLIGHTS);
    write("later.csv", "late,hour,distance\n1,5,7\n0,6,7\n");

    PreparedData data =
        PreparedData.open(read(SPEC.replace("{fraction: 0.25}", "{file: later.csv}")));

    assertThat(data.split().train()).hasSize(4);
    assertThat(data.split().test()).containsExactly(0, 1);
    assertThat(data.test()).isNotEqualTo(data.training());
  }

  @Test
  void missingFilesAreAllTold() throws IOException {
    assertThat(faults(SPEC.replace("{fraction: 0.25}", "{file: later.csv}")))
        .containsExactly(
            "data.file: is flights.csv, which does not exist (line 6)",
            "data.test.file: is later.csv, which does not exist (line 9)");
  }

  @Test
  void aDirectoryIsNoDataFile() throws IOException {
    Files.createDirectory(directory.resolve("flights.csv"));

    assertThat(faults(SPEC))
        .containsExactly("data.file: is flights.csv, which is not a file (line 6)");
  }

  @Test
  void truncatedImagesAreAFaultOfTheirKey() throws IOException {
    byte[] images =
        Files.readAllBytes(EXAMPLES.resolve("data/fashion-mnist/t10k-images-idx3-ubyte.gz"));
    Files.write(directory.resolve("images.gz"), Arrays.copyOf(images, images.length / 2));
    Files.write(directory.resolve("labels.gz"), new byte[0]);

    assertThat(faults(SpecText.SHORTEST))
        .singleElement()
        .asString()
        .startsWith("data.features: images.gz: is truncated");
  }

  @Test
  void damagedLabelsAreAFaultOfTheirKey() throws IOException {
    Files.copy(
        EXAMPLES.resolve("data/fashion-mnist/t10k-images-idx3-ubyte.gz"),
        directory.resolve("images.gz"));
    Files.write(directory.resolve("labels.gz"), "no labels".getBytes(StandardCharsets.UTF_8));

    assertThat(faults(SpecText.SHORTEST))
        .singleElement()
        .asString()
        .startsWith("data.labels: labels.gz: ");
  }

  @Test
  void labelsOutOfRangeAreRefused() throws IOException {
    write("flights.csv", FLIGHTS.replace("400,11,1", "400,11,2"));

    assertThat(faults(SPEC))
        .containsExactly(
            "data.file: flights.csv: row 3: label is 2.0, must be a whole number in [0, 2)");
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() throws IOException {
    write("flights.csv", FLIGHTS.replace("300,10,0", "NaN,10,0"));

    assertThat(faults(SPEC + "  normalization: standard\n"))
        .contains("data.file: flights.csv: row 2: feature 0 is NaN, must be finite");
  }

  @Test
  void aNetworkMustFitTheWidthOfTheData() throws IOException {
    write("flights.csv", FLIGHTS);

    assertThat(faults(SPEC.replace("network:", "network:\n  input: [3]")))
        .containsExactly("network.input: [3] is 3 values, an example of flights.csv has 2");
  }

  @Test
  void aNetworkMustFitTheLabels() throws IOException {
    write("flights.csv", FLIGHTS);

    assertThat(faults(SPEC.replace("data:", "  loss: mean-squared-error\ndata:")))
        .containsExactly(
            "data.file: flights.csv has 1 label values an example, the loss over 2 outputs takes"
                + " 2");
  }

  @Test
  void aColumnThatIsNotThereIsTold() throws IOException {
    write("flights.csv", FLIGHTS);

    assertThat(faults(SPEC.replace("[distance, hour]", "[distance, day]")))
        .singleElement()
        .asString()
        .startsWith("data.file: flights.csv: has no column \"day\"; it has [distance, hour, late]");
  }

  @Test
  void fixedNumbersMustBeOnePerColumn() throws IOException {
    write("flights.csv", FLIGHTS);

    assertThat(faults(SPEC + "  normalization: {fixed: {mean: [1, 2, 3], deviation: [1, 2, 3]}}\n"))
        .containsExactly("data.normalization: has 3 values, must have 1 or one per feature, 2");
  }

  @Test
  void aNetworkLargerThanItsWorkersIsRefusedWithWhatIsLacking() throws IOException {
    write("flights.csv", FLIGHTS);
    String large =
        SPEC.replace(
            "- dense: {units: 2}", "- dense: {units: 10_000}\n    - dense: {units: 10_000}");

    assertThat(faults(large + "workers: {memory: 800 MB}\n"))
        .singleElement()
        .asString()
        .startsWith("workers.memory: is 800 MB, a worker of this network needs about ")
        .contains(" MB more: ")
        .contains("763 MB weights and gradient");
    assertThat(faults(large + "workers: {memory: 800 MB, runtime: in-process}\n")).isEmpty();
    assertThat(faults(large)).isEmpty();
  }
}
