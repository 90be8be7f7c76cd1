package dev.drey.benchmarks.stream;

import dev.drey.benchmarks.measure.ChildProcess;
import dev.drey.benchmarks.measure.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The files of runs on a topic: an MLP of 50,890 parameters, 784-64-10, on two worker processes.
 *
 * @param home where Drey is built
 * @param directory for all files
 * @param servers of the broker
 * @param miniBatch examples of a worker and step
 */
record StreamSite(Path home, Path directory, String servers, int miniBatch) {

  static final int PARTITIONS = 2;
  static final int WORKERS = 2;
  static final int FEATURES = 784;
  static final int UNITS = 64;
  static final int CLASSES = 10;
  static final double LEARNING_RATE = 0.001;

  /** How long a mini-batch that is not full waits. */
  private static final String MAX_WAIT = "50 ms";

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** Writes the specification of a run on a topic, which ends at the topic's end or never. */
  Path specification(String topic, boolean ends) throws IOException {
    return Files.writeString(
        directory.resolve(topic + ".yaml"),
        """
        network:
          layers:
            - dense: {units: %d, activation: relu}
            - dense: {units: %d}
        data:
          kafka: {bootstrap-servers: "%s", topics: %s, end: %s}
          format: {floats: {features: %d, labels: 1}}
          max-wait: %s
        training: {mini-batch: %d, optimizer: {adam: {}}, learning-rate: %s}
        workers: {count: %d, concurrency: %d}
        aggregation: {structure: flat}
        checkpoints: {interval: 10 s}
        """
            .formatted(
                UNITS,
                CLASSES,
                servers,
                topic,
                ends ? "latest" : "none",
                FEATURES,
                MAX_WAIT,
                miniBatch,
                LEARNING_RATE,
                WORKERS,
                WORKERS));
  }

  /** Trains to the end of the topic; returns the curve. */
  CsvFile train(Path specification, Path run) throws IOException, InterruptedException {
    try (ChildProcess child = training(specification, run)) {
      child.await(LIMIT);
    }
    return CsvFile.read(run.resolve("curve.csv"));
  }

  /** Starts training, which runs until it is closed. */
  ChildProcess training(Path specification, Path run) throws IOException {
    return training(specification, run, line -> {});
  }

  /**
   * Starts training, which runs until it is closed.
   *
   * @param onLine called with each line that it writes, on another thread
   */
  ChildProcess training(Path specification, Path run, Consumer<String> onLine) throws IOException {
    return drey(
        onLine, "train", specification.toString(), "--out", run.toString(), "-D", "rest.port=0");
  }

  /** Waits until a run has trained on the first record. */
  static void awaitStep(ChildProcess training, Path run) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    Path curve = run.resolve("curve.csv");
    while (!Files.exists(curve) || CsvFile.read(curve).rows().isEmpty()) {
      if (!training.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(
            "no step within " + START.toSeconds() + " s:\n" + training.lastLines());
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Starts writing records at a rate. */
  ChildProcess producing(Path specification, double perSecond, long records) throws IOException {
    return drey(
        line -> {},
        "produce",
        specification.toString(),
        "--rows-of",
        home.resolve("examples/fashion-mlp.yaml").toString(),
        "--loop",
        "--rate=" + perSecond,
        "--limit=" + records,
        "--partitions=" + PARTITIONS);
  }

  private ChildProcess drey(Consumer<String> onLine, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/drey").toString());
    command.addAll(List.of(arguments));
    return new ChildProcess(command, directory, onLine);
  }
}
