package dev.drey.job.specification;

import dev.drey.job.specification.data.DataSettings;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.data.TrainingData;
import dev.drey.job.specification.key.EitherSection;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Words;
import dev.drey.job.specification.network.NetworkSettings;
import dev.drey.job.specification.training.TrainingSettings;
import dev.drey.job.specification.workers.WorkerSettings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys of a run's specification. A key is read after those above it, on which it may depend.
 */
final class RunKeys {

  static final Pattern NAME_PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  static final Key<RunSpecification, String> NAME =
      Key.of(
              "name",
              Words.matching(
                  "a name of letters, digits, dots, dashes and underscores", NAME_PATTERN),
              RunSpecification::name,
              "of the run: names its directory, used in messages")
          .orElse("the file's, without its ending", r -> Optional.of(r.surroundings().name()));

  private static final Key<RunSpecification, NetworkSettings> NETWORK =
      Key.of("network", NetworkSettings.SECTION, RunSpecification::network, "what is trained");

  private static final Key<RunSpecification, TrainingData> DATA =
      Key.of(
          "data",
          new EitherSection<>(
              new EitherSection.Kind<>(DataSettings.class, DataSettings.SECTION, "of a data set"),
              new EitherSection.Kind<>(StreamSettings.class, StreamSettings.SECTION, "of a stream"),
              StreamSettings.MARKER),
          RunSpecification::data,
          "what it is trained on: the files of a data set, or a stream from Kafka");

  private static final Key<RunSpecification, TrainingSettings> TRAINING =
      Key.of("training", TrainingSettings.SECTION, RunSpecification::training, "how it is trained");

  private static final Key<RunSpecification, WorkerSettings> WORKERS =
      Key.of(
          "workers", WorkerSettings.SECTION, RunSpecification::workers, "who computes gradients");

  private static final Key<RunSpecification, AggregationSettings> AGGREGATION =
      Key.of(
          "aggregation",
          AggregationSettings.SECTION,
          RunSpecification::aggregation,
          "the tree that adds up the gradients");

  private static final Key<RunSpecification, PlanningSettings> PLANNING =
      Key.of(
          "planning",
          PlanningSettings.SECTION,
          RunSpecification::planning,
          "how the values that are auto are chosen");

  private static final Key<RunSpecification, StoreSettings> STORE =
      Key.of(
          "store",
          StoreSettings.SECTION,
          RunSpecification::store,
          "place of weights that do not fit inside a request");

  private static final Key<RunSpecification, CheckpointSettings> CHECKPOINTS =
      Key.of(
          "checkpoints",
          CheckpointSettings.SECTION,
          RunSpecification::checkpoints,
          "how often the state of the run is saved, and what happens at a stop or a failure");

  private static final Key<RunSpecification, BudgetSettings> BUDGET =
      Key.of(
          "budget",
          BudgetSettings.SECTION,
          RunSpecification::budget,
          "early end of the run, with the model saved");

  private static final Key<RunSpecification, OutputSettings> OUTPUT =
      Key.of("output", OutputSettings.SECTION, RunSpecification::output, "where the model goes");

  static final Section<RunSpecification> SECTION =
      new Section<RunSpecification>(
              List.of(
                  NAME,
                  NETWORK,
                  DATA,
                  TRAINING,
                  WORKERS,
                  AGGREGATION,
                  PLANNING,
                  STORE,
                  CHECKPOINTS,
                  BUDGET,
                  OUTPUT),
              values ->
                  new RunSpecification(
                      values.get(NAME),
                      values.get(NETWORK),
                      values.get(DATA),
                      values.get(TRAINING),
                      values.get(WORKERS),
                      values.get(AGGREGATION),
                      values.get(PLANNING),
                      values.get(STORE),
                      values.get(CHECKPOINTS),
                      values.get(BUDGET),
                      values.get(OUTPUT)))
          .check(StreamCheck::check)
          .check(OutputSettings::check)
          .check(PublishSettings::check);

  private RunKeys() {}
}
