package dev.drey.benchmarks.chaos;

import dev.drey.job.run.LocalSetup;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a run with faults: its specification, and the worker's function with the
 * fault-injecting handler.
 *
 * @param home where Drey is built
 * @param directory for all files
 * @param isStream whether it trains on a topic
 */
record ChaosSite(Path home, Path directory, boolean isStream) {

  private static final String FEATURES = "features.idx.gz";
  private static final String LABELS = "labels.idx.gz";

  /** Examples of a step. */
  static final int STEP_EXAMPLES = 200;

  private static final String SPECIFICATION =
      """
      name: chaos
      network:
        layers:
          - dense: {units: 16, activation: relu}
          - dense: {units: 10}
      DATA
      workers:
        count: 4
        concurrency: 4
        timeout: 3s
        grace: 500ms
        attempts: 6
        deadline: 5 min
        backoff: {first: 20ms, longest: 500ms}
      aggregation: {structure: [1, 2, 4]}
      checkpoints: {interval: 1s}
      """;

  private static final String TRAINING =
      "mini-batch: 50, optimizer: {adam: {}}, learning-rate: 0.001";

  /** What is trained on: keys of a specification. */
  record Feed(String keys, boolean isStream) {

    /** A data set, for so many steps; its files are copied to the directory. */
    static Feed dataSet(Path home, Path directory, long steps) throws IOException {
      Path data = home.resolve("examples/data/fashion-mnist");
      Files.copy(data.resolve("t10k-images-idx3-ubyte.gz"), directory.resolve(FEATURES));
      Files.copy(data.resolve("t10k-labels-idx1-ubyte.gz"), directory.resolve(LABELS));
      return new Feed(
          """
          data:
            format: idx
            features: %s
            labels: %s
            test: {fraction: 0.2}
          training: {steps: %d, %s}
          """
              .formatted(FEATURES, LABELS, steps, TRAINING),
          false);
    }

    /** What is in a topic, read by two tasks. */
    static Feed topic(String servers, String topic) {
      return new Feed(
          """
          data:
            kafka: {bootstrap-servers: "%s", topics: %s, end: latest}
            format: {floats: {features: 784, labels: 1}}
            max-wait: off
          training: {%s}
          """
              .formatted(servers, topic, TRAINING),
          true);
    }
  }

  /** Prepares all files for runs on the data. */
  static ChaosSite prepare(Path home, Path directory, Feed feed) throws IOException {
    ChaosSite site = new ChaosSite(home, directory, feed.isStream());
    Files.writeString(site.specification(), SPECIFICATION.replace("DATA\n", feed.keys()));
    Path lib = Files.createDirectories(site.function().resolve("lib"));
    Files.createDirectories(site.orders().directory());
    try (Stream<Path> jars = Files.list(LocalSetup.of(home).function().resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
      }
    }
    Files.createSymbolicLink(lib.resolve("chaos.jar"), own());
    return site;
  }

  /** The jar, or the directory of classes, that this class was loaded from. */
  private static Path own() throws IOException {
    try {
      return Path.of(ChaosSite.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  Path specification() {
    return directory.resolve("chaos.yaml");
  }

  /** The labels of the data set, which may be changed. */
  Path labels() {
    return directory.resolve(LABELS);
  }

  Path function() {
    return directory.resolve("function");
  }

  Path nativeCache() {
    return LocalSetup.of(home).nativeCache();
  }

  Orders orders() {
    return new Orders(function().resolve("orders"));
  }

  /** Live processes of the runs in this directory. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(p -> p.info().commandLine().orElse("").contains(function().toString()))
        .toList();
  }
}
