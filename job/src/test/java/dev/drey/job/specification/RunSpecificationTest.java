package dev.drey.job.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.StepPlan.Length;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.optimizer.Adam;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.protocol.Kernels;
import dev.drey.job.specification.data.DataSettings;
import dev.drey.job.specification.data.DataSettings.Format;
import dev.drey.job.specification.data.NormalizationSettings;
import dev.drey.job.specification.data.TestSettings;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.network.NetworkSettings;
import dev.drey.job.specification.training.LearningRateSettings;
import dev.drey.job.specification.training.Staleness;
import dev.drey.job.specification.training.TrainingSettings;
import dev.drey.job.specification.workers.Architecture;
import dev.drey.job.specification.workers.PatienceSettings;
import dev.drey.job.specification.workers.WorkerRuntime;
import dev.drey.job.specification.workers.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

class RunSpecificationTest {

  @Test
  void whatIsLeftOutHasItsDefault() throws SpecificationException {
    RunSpecification spec = SpecText.read(SpecText.SHORTEST);

    assertThat(spec)
        .isEqualTo(
            new RunSpecification(
                "spec",
                new NetworkSettings(
                    Optional.empty(),
                    List.of(new Dense(10, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
                    new Loss.SoftmaxCrossEntropy(),
                    Optional.empty()),
                new DataSettings(
                    Format.IDX,
                    Optional.of(Path.of("/specs/images.gz")),
                    Optional.of(Path.of("/specs/labels.gz")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new TestSettings(
                        Optional.of(0.1), Optional.empty(), Optional.empty(), Optional.empty()),
                    new NormalizationSettings.Unit()),
                new TrainingSettings(
                    new Adam(0.9f, 0.999f, 1e-8f),
                    LearningRateSettings.constant(0.001),
                    new Length.Epochs(10),
                    64,
                    1,
                    new Staleness(Optional.of(0)),
                    Optional.empty(),
                    0,
                    new Prequential.Settings(10_000, 0.9999),
                    Optional.empty()),
                new WorkerSettings(
                    2,
                    2,
                    Optional.of(MemorySize.ofMebiBytes(1769)),
                    WorkerRuntime.LOCAL,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(60),
                    3,
                    new PatienceSettings(
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(10),
                        new PatienceSettings.Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
                        Optional.of(new PatienceSettings.Hedge(0.95, 3)),
                        Optional.empty(),
                        Duration.ofMinutes(15)),
                    Architecture.X86,
                    false),
                AggregationSettings.of(Structure.of(1, 2)),
                new PlanningSettings(Optional.empty(), PlanningSettings.Goal.RATIO),
                new StoreSettings(Optional.empty(), Duration.ofMinutes(2)),
                new CheckpointSettings(
                    Duration.ofSeconds(10),
                    Optional.empty(),
                    Duration.ofSeconds(30),
                    RestartSettings.USUAL),
                new BudgetSettings(Optional.empty(), Optional.empty()),
                new OutputSettings(Optional.empty(), Optional.empty(), Optional.empty())));
  }

  @Test
  void runsOnAwsAreReproducibleUnlessTheSpecificationOrTheProcessorSaysOtherwise()
      throws SpecificationException {
    assertThat(workers("runtime: aws, function: f, region: eu-west-1").kernels())
        .contains(Kernels.AVX2);
    assertThat(workers("runtime: aws, function: f, region: eu-west-1, reproducible: false"))
        .returns(Optional.empty(), WorkerSettings::kernels);
    assertThat(workers("runtime: aws, function: f, region: eu-west-1, architecture: arm"))
        .returns(Optional.empty(), WorkerSettings::kernels);
    assertThat(workers("runtime: local, reproducible: true").kernels()).contains(Kernels.AVX2);
  }

  private static WorkerSettings workers(String keys) throws SpecificationException {
    return SpecText.read(SpecText.SHORTEST + "workers: {" + keys + "}\n").workers();
  }

  @Test
  void whatItWritesOutItReadsBack() throws SpecificationException {
    for (String text : List.of(SpecText.SHORTEST, EveryKey.IDX, EveryKey.CSV, EveryKey.STEPS)) {
      RunSpecification spec = SpecText.read(text);

      String written = spec.toYaml();

      assertThat(SpecText.read(written)).as(written).isEqualTo(spec);
    }
  }

  @Test
  void dataOfAnEmbeddingStayAsTheyAre() throws SpecificationException {
    String text =
        """
        network:
          layers:
            - embedding: {vocabulary: 9, units: 2}
              name: words
            - flatten
        data: {format: idx, features: x.gz, labels: y.gz}
        """;

    assertThat(SpecText.read(text).dataSet().normalization())
        .isEqualTo(new NormalizationSettings.None());
  }

  @Test
  void fiveMistakesAreFiveFaults() {
    String text =
        """
        network:
          layers:
            - dense: {units: 512, activation: relu}
            - dense: {units: 0}
        data:
          format: idx
          features: images.gz
        training:
          mini-bath: 64
        workers:
          count: two
        budget: {dollars: -1}
        """;

    assertThat(SpecText.faults(text))
        .containsExactly(
            "network.layers[1].dense.units: is 0, must be a whole number of at least 1 (line 4)",
            "data.labels: is missing, must be a file: format is idx (line 5)",
            "training.mini-bath: is not a key of this section; did you mean mini-batch? (line 9)",
            "workers.count: is \"two\", must be a whole number from 1 to 100,000 (line 11)",
            "budget.dollars: is -1, must be a number above 0, or none (line 12)");
  }

  @Test
  void anEmptyFileLacksWhatMustBeThere() {
    assertThat(SpecText.faults("# nothing yet"))
        .containsExactly(
            "network.layers: is missing, must be a list of layers",
            "data.format: is missing, must be one of idx, csv, npy");
  }

  @Test
  void aStructureMustEndInTheWorkers() {
    String text = SpecText.SHORTEST + "workers: {count: 8}\naggregation: {structure: [1, 4, 16]}\n";

    assertThat(SpecText.faults(text))
        .containsExactly(
            "aggregation.structure: is [1,4,16], which ends in 16 slots,"
                + " must end in workers.count, 8 (line 9)");
  }

  @Test
  void aStructureFollowsTheWorkers() throws SpecificationException {
    RunSpecification spec = SpecText.read(SpecText.SHORTEST, Map.of("workers.count", "100"));

    assertThat(spec.aggregation().structure()).isEqualTo(Structure.of(1, 100));
    assertThat(spec.workers().concurrency()).isEqualTo(4); // as many as there are cores
  }

  @Test
  void whatIsAutoIsPlannedLaterAndWrittenOut() throws SpecificationException {
    RunSpecification spec =
        SpecText.read(
            SpecText.SHORTEST
                + "workers: {count: 8, memory: auto}\naggregation: {structure: auto}\n");
    assertThat(spec.aggregation().isAuto()).isTrue();
    assertThatThrownBy(() -> spec.aggregation().structure())
        .hasMessage("aggregation.structure is not planned yet");
    assertThatThrownBy(() -> spec.workers().memoryMb())
        .hasMessage("workers.memory is not planned yet");

    RunSpecification planned =
        spec.startingWith(Structure.of(1, 4, 8)).with(MemorySize.ofMebiBytes(2048));

    assertThat(planned.aggregation().structure()).isEqualTo(Structure.of(1, 4, 8));
    assertThat(planned.workers().memoryMb()).isEqualTo(2048);
    assertThat(SpecText.read(planned.toYaml())).isEqualTo(planned);
    assertThat(planned.startingWith(Structure.of(1, 2, 8)).aggregation().structure())
        .isEqualTo(Structure.of(1, 2, 8));
  }

  @Test
  void whatIsGivenIsNotPlanned() throws SpecificationException {
    RunSpecification spec = SpecText.read(SpecText.SHORTEST);

    assertThat(spec.startingWith(Structure.of(1, 1, 2)).with(MemorySize.ofMebiBytes(2048)))
        .isEqualTo(spec);
  }

  @Test
  void anOverrideGoesBeforeTheFile() throws SpecificationException {
    RunSpecification spec =
        SpecText.read(
            SpecText.SHORTEST + "training: {epochs: 3}\n",
            Map.of("training.epochs", "5", "data.test.fraction", "0.5"));

    assertThat(spec.training().length()).isEqualTo(new Length.Epochs(5));
    assertThat(spec.dataSet().test().fraction()).contains(0.5);
  }

  @Test
  void aWrongOverrideIsAFaultWithoutLine() {
    assertThat(SpecText.faults(SpecText.SHORTEST, Map.of("training.epochs", "0")))
        .containsExactly("training.epochs: is 0, must be a whole number from 1 to 1,000,000");
    assertThat(SpecText.faults(SpecText.SHORTEST, Map.of("data.format.x", "0")))
        .containsExactly("data.format.x: cannot be set, data.format is \"idx\"");
  }

  @Test
  void aFileThatIsNotThereIsAFaultOfItsKey() {
    Path file = Path.of("src/test/resources/nothing-here.yaml").toAbsolutePath();

    List<String> messages = new ArrayList<>();
    try {
      RunSpecification.read(file, Map.of());
    } catch (SpecificationException e) {
      e.faults().forEach(fault -> messages.add(fault.toString()));
    }

    assertThat(messages).containsExactly(file + ": does not exist");
  }
}
