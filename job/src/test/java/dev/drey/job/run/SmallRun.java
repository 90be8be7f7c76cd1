package dev.drey.job.run;

import dev.drey.job.prepare.PreparedData;
import dev.drey.job.resume.ResumePoint;
import dev.drey.job.specification.RunSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A run of a small network over the examples' images, on the parts that users run: 8,000 rows to
 * train on, 500 of them a step, 2 epochs of 16 steps.
 */
public final class SmallRun {

  /** The checkout. */
  public static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /** Steps of the whole run. */
  public static final int STEPS = 32;

  private static final String SPECIFICATION =
      """
      network:
        layers:
          - dense: {units: 16, activation: relu}
          - dense: {units: 10}
      data:
        format: idx
        features: DATA/t10k-images-idx3-ubyte.gz
        labels: DATA/t10k-labels-idx1-ubyte.gz
        test: {fraction: 0.2}
      training: {epochs: 2, mini-batch: 250}
      workers: {count: 2, concurrency: 2, hedge: off} # tests count invocations
      """;

  private final Path directory;
  private final Map<String, String> overrides = new LinkedHashMap<>();
  private final Map<String, String> flinkOptions =
      new HashMap<>(
          Map.of(
              "restart-strategy.exponential-delay.initial-backoff", "10 ms",
              "restart-strategy.exponential-delay.max-backoff", "10 ms"));
  private Path home = HOME;
  private Optional<StructureAdvisor> advisor = Optional.empty();
  private Optional<ResumePoint> resumed = Optional.empty();

  /**
   * @param directory of the run; made if missing
   */
  public SmallRun(Path directory) {
    this.directory = directory;
  }

  /** Writes the specification as a file. */
  public static Path specification(Path file) throws Exception {
    return Files.writeString(
        file,
        SPECIFICATION.replace("DATA", HOME.resolve("examples/data/fashion-mnist").toString()));
  }

  /** Sets a value of the specification. */
  public SmallRun set(String key, String value) {
    overrides.put(key, value);
    return this;
  }

  SmallRun inProcess() {
    return set("workers.runtime", "in-process");
  }

  SmallRun flink(String key, String value) {
    flinkOptions.put(key, value);
    return this;
  }

  SmallRun advisor(StructureAdvisor other) {
    advisor = Optional.of(other);
    return this;
  }

  /** Goes on from there. */
  SmallRun from(ResumePoint point) {
    resumed = Optional.of(point);
    return this;
  }

  SmallRun home(Path path) {
    home = path;
    return this;
  }

  Path directory() {
    return directory;
  }

  /** Trains. */
  public Outcome train() throws Exception {
    return train(new Watch(), new StopSignal());
  }

  Outcome train(ProgressListener listener, StopSignal stop) throws Exception {
    return new LocalTraining(home).run(prepared(), listener, stop);
  }

  PreparedRun prepared() throws Exception {
    Files.createDirectories(directory);
    RunSpecification specification =
        RunSpecification.read(specification(directory.resolve("small.yaml")), overrides);
    PreparedData data = PreparedData.open(specification);
    RunPlan plan = ProfilePlanner.here(flinkOptions).plan(specification, data);
    return new PreparedRun(
        new RunPlan(plan.specification(), plan.stepSeconds(), advisor.orElse(plan.advisor())),
        data,
        directory,
        flinkOptions,
        Optional.empty(),
        resumed);
  }

  /** Trains on a thread of its own. */
  CompletableFuture<Outcome> start(ProgressListener listener, StopSignal stop) {
    return start(() -> train(listener, stop));
  }

  /** Runs something on a thread of its own. */
  static CompletableFuture<Outcome> start(Callable<Outcome> training) {
    Executor thread =
        task -> {
          Thread run = new Thread(task, "run");
          run.setDaemon(true);
          run.start();
        };
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return training.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        thread);
  }

  /** SHA-256 of the model's weights. */
  public String bits() throws Exception {
    byte[] weights = Files.readAllBytes(directory.resolve("weights.npz"));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));
  }
}
