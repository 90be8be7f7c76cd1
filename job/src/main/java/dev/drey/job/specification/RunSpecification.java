package dev.drey.job.specification;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.Normalization;
import dev.drey.core.network.WorkerMemory;
import dev.drey.job.specification.data.DataSettings;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.data.TrainingData;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.Place;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.key.Surroundings;
import dev.drey.job.specification.key.Yaml;
import dev.drey.job.specification.key.YamlText;
import dev.drey.job.specification.network.NetworkSettings;
import dev.drey.job.specification.training.TrainingSettings;
import dev.drey.job.specification.workers.WorkerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/**
 * Everything that a user specifies for a run. {@code docs/specification.md} explains each key.
 *
 * @param name of the run, for directories and messages
 */
public record RunSpecification(
    String name,
    NetworkSettings network,
    TrainingData data,
    TrainingSettings training,
    WorkerSettings workers,
    AggregationSettings aggregation,
    PlanningSettings planning,
    StoreSettings store,
    CheckpointSettings checkpoints,
    BudgetSettings budget,
    OutputSettings output) {

  /** All keys. */
  public static final Section<RunSpecification> SECTION = RunKeys.SECTION;

  /**
   * The data set.
   *
   * @throws IllegalStateException if the data are a stream
   */
  public DataSettings dataSet() {
    if (data instanceof DataSettings set) {
      return set;
    }
    throw new IllegalStateException("the data are a stream");
  }

  /** The stream, if the data are one. */
  public Optional<StreamSettings> stream() {
    return data instanceof StreamSettings stream ? Optional.of(stream) : Optional.empty();
  }

  /** Whether something of the run goes to Kafka. */
  public boolean writesToTopics() {
    return stream().flatMap(StreamSettings::deadLetterTopic).isPresent()
        || output.metricsTopic().isPresent()
        || output.publish().flatMap(PublishSettings::announce).isPresent();
  }

  /**
   * Reads and checks a file, for a run that is to start on this machine: data files must exist.
   *
   * @param overrides values by dotted key, as {@code training.epochs}, that override the file's
   * @throws SpecificationException with everything that is wrong
   */
  public static RunSpecification read(Path file, Map<String, String> overrides)
      throws SpecificationException {
    return read(file, overrides, true);
  }

  /**
   * Reads and checks the specification of an earlier run, whose data need not exist any more.
   *
   * @throws SpecificationException with everything that is wrong
   */
  public static RunSpecification readBack(Path file) throws SpecificationException {
    return readAlone(file, Map.of());
  }

  /**
   * Reads and checks a specification alone: its data need not exist.
   *
   * @param overrides as for {@link #read(Path, Map)}
   * @throws SpecificationException with everything that is wrong
   */
  public static RunSpecification readAlone(Path file, Map<String, String> overrides)
      throws SpecificationException {
    return read(file, overrides, false);
  }

  private static RunSpecification read(
      Path file, Map<String, String> overrides, boolean filesMustExist)
      throws SpecificationException {
    Path absolute = file.toAbsolutePath().normalize();
    Path directory = absolute.getParent();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(absolute)) {
      bytes = in.readNBytes(YamlText.MAX_BYTES + 1);
    } catch (IOException e) {
      String reason = Files.exists(absolute) ? "cannot be read: " + e : "does not exist";
      throw new SpecificationException(List.of(Fault.of(absolute.toString(), reason)));
    }
    Surroundings surroundings =
        new Surroundings(
            directory == null ? absolute : directory,
            nameOf(absolute),
            Runtime.getRuntime().availableProcessors(),
            filesMustExist);
    return parse(bytes, overrides, surroundings);
  }

  /**
   * Reads and checks a text.
   *
   * @throws SpecificationException with everything that is wrong
   */
  public static RunSpecification parse(
      byte[] yaml, Map<String, String> overrides, Surroundings surroundings)
      throws SpecificationException {
    Yaml tree = YamlText.parse(yaml);
    if (tree instanceof Yaml.Nothing) {
      tree = new Yaml.Mapping(Place.TOP, Map.of());
    }
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      tree = YamlText.override(tree, override.getKey(), override.getValue());
    }
    Reading reading = new Reading(surroundings, new SectionAnswers());
    Optional<RunSpecification> specification = SECTION.read(tree, reading);
    if (specification.isEmpty() || !reading.faults().isEmpty()) {
      throw new SpecificationException(reading.faults());
    }
    return specification.get();
  }

  /** With the shape of the network's input written out. */
  public RunSpecification withInput(List<Integer> shape) {
    return with(network.ofInput(shape), data, workers, aggregation);
  }

  /**
   * With the numbers of a standard normalization written out; one of another kind stays.
   *
   * @throws IllegalStateException if the data are a stream
   */
  public RunSpecification withNormalization(Normalization learnt) {
    return with(network, dataSet().withNormalization(learnt), workers, aggregation);
  }

  /**
   * Sets the structure to start with, if {@code aggregation.structure} is auto; else unchanged. It
   * replaces a structure that was planned before.
   */
  public RunSpecification startingWith(Structure structure) {
    return with(workers, aggregation.startingWith(structure));
  }

  /** Sets the memory of a worker, if {@code workers.memory} is auto; else unchanged. */
  public RunSpecification with(MemorySize memory) {
    return with(workers.with(memory), aggregation);
  }

  /**
   * Sets defaults where a value is auto and not planned yet: a flat tree, and the memory of one
   * processor core, or what is needed if that is more.
   *
   * @param needed by a worker
   */
  public RunSpecification withTheUsual(WorkerMemory needed) {
    RunSpecification structured =
        aggregation.planned().isPresent() ? this : startingWith(Structure.of(1, workers.count()));
    return structured.with(WorkerSettings.usualMemory(needed));
  }

  private RunSpecification with(WorkerSettings otherWorkers, AggregationSettings other) {
    return with(network, data, otherWorkers, other);
  }

  private RunSpecification with(
      NetworkSettings otherNetwork,
      TrainingData otherData,
      WorkerSettings otherWorkers,
      AggregationSettings other) {
    return new RunSpecification(
        name,
        otherNetwork,
        otherData,
        training,
        otherWorkers,
        other,
        planning,
        store,
        checkpoints,
        budget,
        output);
  }

  /** The specification with every default written out and every path absolute. */
  public String toYaml() {
    return YamlText.write(SECTION.write(this));
  }

  /** The name of a run whose specification is this file and does not name it. */
  public static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    return RunKeys.NAME_PATTERN.matcher(name).matches() ? name : "run";
  }
}
