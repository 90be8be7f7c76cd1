package dev.drey.job.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.connectors.kafka.ClientProperty;
import dev.drey.connectors.secret.Secret;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.StepPlan.Length;
import dev.drey.core.drift.Adwin;
import dev.drey.core.drift.PageHinkley;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.optimizer.Adam;
import dev.drey.core.optimizer.AdamW;
import dev.drey.core.optimizer.BatchSizeRule;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Momentum;
import dev.drey.core.optimizer.Nesterov;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.optimizer.Schedule;
import dev.drey.core.optimizer.Sgd;
import dev.drey.core.prequential.Prequential;
import dev.drey.job.specification.data.DataSettings;
import dev.drey.job.specification.data.DataSettings.Format;
import dev.drey.job.specification.data.NormalizationSettings;
import dev.drey.job.specification.data.TestSettings;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.network.NetworkSettings;
import dev.drey.job.specification.training.DriftSettings;
import dev.drey.job.specification.training.LearningRateSettings;
import dev.drey.job.specification.training.ScheduleSettings;
import dev.drey.job.specification.training.Staleness;
import dev.drey.job.specification.training.TrainingSettings;
import dev.drey.job.specification.workers.Architecture;
import dev.drey.job.specification.workers.PatienceSettings;
import dev.drey.job.specification.workers.WorkerRuntime;
import dev.drey.job.specification.workers.WorkerSettings;
import dev.drey.operators.server.DriftRule.Reaction;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EveryKeyTest {

  @Test
  void everyKeyIsRead() throws SpecificationException {
    assertThat(SpecText.read(EveryKey.IDX))
        .isEqualTo(
            new RunSpecification(
                "my-run",
                new NetworkSettings(
                    Optional.of(List.of(4)),
                    List.of(
                        new Dense(3, Activation.TANH, Initializer.HE_NORMAL),
                        new Dense(2, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
                    new Loss.MeanSquaredError(),
                    Optional.of(Path.of("/specs/start.npz"))),
                new DataSettings(
                    Format.NPY,
                    Optional.of(Path.of("/specs/x.npy")),
                    Optional.of(Path.of("/specs/y.npy")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new TestSettings(
                        Optional.empty(),
                        Optional.of(Path.of("/specs/test/x.npy")),
                        Optional.of(Path.of("/test/y.npy")),
                        Optional.empty()),
                    new NormalizationSettings.Fixed(
                        new Normalization(
                            List.of(1f, 2.5f, 3f, 4f), List.of(1f, 0.1f, 3f, 1000f)))),
                new TrainingSettings(
                    new AdamW(0.8f, 0.9f, 1e-3f, 0.1f),
                    new LearningRateSettings(
                        0.01,
                        new ScheduleSettings.Cosine(Optional.of(new Length.Epochs(5)), 0.1),
                        Optional.of(new Length.Steps(100)),
                        BatchSizeRule.SQUARE_ROOT,
                        Optional.of(128)),
                    new Length.Epochs(20),
                    32,
                    7,
                    new Staleness(Optional.of(3)),
                    Optional.of(2.5),
                    0.001f,
                    new Prequential.Settings(500, 0.99),
                    Optional.of(
                        new DriftSettings(
                            new PageHinkley.Settings(0.1, 2),
                            DriftSettings.Watched.LOSS,
                            3,
                            new Reaction.Boost(4, 30)))),
                new WorkerSettings(
                    6,
                    3,
                    Optional.of(MemorySize.ofMebiBytes(2048)),
                    WorkerRuntime.AWS,
                    Optional.of("arn:aws:lambda:eu-central-1:123456789012:function:drey"),
                    Optional.of("eu-central-1"),
                    Optional.of(URI.create("http://localhost:9001")),
                    Optional.of(new Secret.Variable("LAMBDA_TOKEN")),
                    Duration.ofMinutes(2),
                    5,
                    new PatienceSettings(
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(20),
                        new PatienceSettings.Backoff(Duration.ofMillis(50), Duration.ofSeconds(2)),
                        Optional.of(new PatienceSettings.Hedge(0.9, 2.5)),
                        Optional.of(0.75),
                        Duration.ofHours(1)),
                    Architecture.ARM,
                    false),
                AggregationSettings.of(Structure.of(1, 2, 6)),
                new PlanningSettings(
                    Optional.of(Path.of("/specs/profile.json")), PlanningSettings.Goal.COST),
                new StoreSettings(Optional.of(Path.of("/specs/weights")), Duration.ofSeconds(30)),
                new CheckpointSettings(
                    Duration.ofMillis(500),
                    Optional.of(Path.of("/tmp/checkpoints")),
                    Duration.ofSeconds(5),
                    new RestartSettings(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(40),
                        Duration.ofHours(2),
                        Optional.of(50L))),
                new BudgetSettings(Optional.of(0.5), Optional.of(1000L)),
                new OutputSettings(
                    Optional.of(Path.of("/specs/out")),
                    Optional.of(
                        new PublishSettings(
                            100,
                            Optional.of(URI.create("file:///specs/published")),
                            Optional.of(
                                new TopicSettings("models", Optional.of("one:9092"), Map.of())),
                            Optional.empty())),
                    Optional.of(
                        new TopicSettings(
                            "curves",
                            Optional.of("one:9092, two:9092"),
                            Map.of("security.protocol", new ClientProperty.Plain("SSL")))))));
  }

  @Test
  void csvKeysAreRead() throws SpecificationException {
    RunSpecification spec = SpecText.read(EveryKey.CSV);

    assertThat(spec.data())
        .isEqualTo(
            new DataSettings(
                Format.CSV,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Path.of("/specs/flights.csv")),
                Optional.of(List.of("distance", "hour of day")),
                Optional.of(List.of("delay")),
                new TestSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Path.of("/specs/later.csv"))),
                new NormalizationSettings.Standard()));
    assertThat(spec.network().loss()).isEqualTo(new Loss.Huber(0.5f));
    assertThat(spec.training().optimizer()).isEqualTo(new Nesterov(0.5f));
    assertThat(spec.training().learningRate().schedule())
        .isEqualTo(new ScheduleSettings.Step(new Length.Epochs(2), 0.5));
    assertThat(spec.training().staleness()).isEqualTo(new Staleness(Optional.empty()));
  }

  @Test
  void stepsGoInPlaceOfEpochs() throws SpecificationException {
    RunSpecification spec = SpecText.read(EveryKey.STEPS);

    assertThat(spec.network().loss())
        .isEqualTo(new Loss.SoftmaxCrossEntropy(0.1f, List.of(1f, 0.5f, 2f)));
    assertThat(spec.training().length()).isEqualTo(new Length.Steps(5_000_000_000L));
    assertThat(spec.training().optimizer()).isEqualTo(new Momentum(0.5f));
    assertThat(spec.training().drift())
        .contains(
            new DriftSettings(
                new Adwin.Settings(0.1),
                DriftSettings.Watched.ERROR,
                1,
                new Reaction.ResetOptimizer()));
    assertThat(spec.workers().runtime()).isEqualTo(WorkerRuntime.IN_PROCESS);
    assertThat(spec.workers().reproducible()).isTrue();
    assertThat(spec.workers().memory()).isEmpty();
    assertThat(spec.aggregation())
        .isEqualTo(new AggregationSettings(Optional.empty(), Optional.of(Structure.of(1, 2, 2))));
  }

  @Test
  void patienceFollowsTheTimeout() throws SpecificationException {
    assertThat(SpecText.read(EveryKey.STEPS).workers().patience())
        .isEqualTo(
            new PatienceSettings(
                Duration.ofSeconds(2),
                Duration.ofMinutes(30),
                new PatienceSettings.Backoff(Duration.ofSeconds(8), Duration.ofSeconds(8)),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(35)));
  }

  @ParameterizedTest
  @CsvSource({"1, 10, 0", "0.75, 4, 1", "0.75, 6, 1", "0.7, 10, 3", "0.01, 8, 7", "0.5, 1, 0"})
  void aQuorumSaysHowManySlotsMayBeMissing(double quorum, int slots, int missing)
      throws SpecificationException {
    WorkerSettings workers =
        SpecText.read(SpecText.SHORTEST, Map.of("workers.quorum", String.valueOf(quorum)))
            .workers();

    assertThat(workers.patience().mayMiss(slots)).isEqualTo(missing);
  }

  @Test
  void withoutAQuorumNoSlotMayBeMissing() throws SpecificationException {
    assertThat(SpecText.read(SpecText.SHORTEST).workers().patience().mayMiss(100)).isZero();
  }

  @Test
  void epochsBecomeStepsOnceTheirNumberIsKnown() throws SpecificationException {
    LearningRateSettings rate = SpecText.read(EveryKey.IDX).training().learningRate();

    assertThat(rate.resolve(50))
        .isEqualTo(
            new LearningRate(
                0.01, new Schedule.Cosine(250, 0.1), 100, BatchSizeRule.SQUARE_ROOT, 128));
  }

  @Test
  void stalenessSaysWhichWeightsWillDo() {
    assertThat(new Staleness(Optional.of(3)).oldestVersion(10)).isEqualTo(7);
    assertThat(new Staleness(Optional.of(3)).oldestVersion(1)).isEqualTo(0);
    assertThat(Staleness.SYNCHRONOUS.oldestVersion(10)).isEqualTo(10);
    assertThat(new Staleness(Optional.empty()).oldestVersion(10)).isEqualTo(0);
  }

  static List<Optimizer> defaultOptimizers() {
    return List.of(new Sgd(), Momentum.DEFAULT, Nesterov.DEFAULT, Adam.DEFAULT, AdamW.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("defaultOptimizers")
  void anOptimizerIsReadByItsNameAndWrittenBack(Optimizer optimizer) throws SpecificationException {
    String keys = "{" + optimizer.name() + ": {}}";

    RunSpecification byName =
        SpecText.read(SpecText.SHORTEST, Map.of("training.optimizer", optimizer.name()));
    RunSpecification byKeys = SpecText.read(SpecText.SHORTEST, Map.of("training.optimizer", keys));

    assertThat(byName.training().optimizer()).isEqualTo(optimizer);
    assertThat(byKeys.training().optimizer()).isEqualTo(optimizer);
    assertThat(byName.toYaml()).containsPattern("optimizer:\\s+" + optimizer.name());
    assertThat(SpecText.read(byName.toYaml()).training().optimizer()).isEqualTo(optimizer);
  }

  @Test
  void everyOptimizerIsTried() {
    assertThat(defaultOptimizers().stream().<Class<?>>map(Optimizer::getClass))
        .containsExactlyInAnyOrder(Optimizer.class.getPermittedSubclasses());
  }

  @Test
  void theSettingsOfAnOptimizerAreRead() throws SpecificationException {
    String adamW = "{adamw: {beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weight-decay: 0.1}}";

    assertThat(
            SpecText.read(SpecText.SHORTEST, Map.of("training.optimizer", adamW))
                .training()
                .optimizer())
        .isEqualTo(new AdamW(0.8f, 0.99f, 1e-6f, 0.1f));
  }

  @ParameterizedTest
  @MethodSource("learningRates")
  void aLearningRateIsReadAndWrittenBack(String text, LearningRate expected)
      throws SpecificationException {
    RunSpecification spec =
        SpecText.read(SpecText.SHORTEST, Map.of("training.learning-rate", text));

    assertThat(spec.training().learningRate().resolve(1)).isEqualTo(expected);
    assertThat(SpecText.read(spec.toYaml()).training().learningRate())
        .isEqualTo(spec.training().learningRate());
  }

  static Stream<Arguments> learningRates() {
    return Stream.of(
        Arguments.of("{rate: 0.1}", LearningRate.constant(0.1)),
        Arguments.of("{rate: 0.1, schedule: {constant: {}}}", LearningRate.constant(0.1)),
        Arguments.of(
            "{rate: 0.1, schedule: {step: {every: 2 steps, factor: 0.1}}}",
            new LearningRate(0.1, new Schedule.Step(2, 0.1), 0, BatchSizeRule.NONE, 0)),
        Arguments.of(
            "{rate: 0.1, schedule: {cosine: {over: 7 steps, final-factor: 0.5}},"
                + " warm-up: 3 steps, batch-size-rule: square-root, reference-batch: 128}",
            new LearningRate(0.1, new Schedule.Cosine(7, 0.5), 3, BatchSizeRule.SQUARE_ROOT, 128)));
  }
}
