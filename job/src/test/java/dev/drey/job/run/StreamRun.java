package dev.drey.job.run;

import dev.drey.connectors.kafka.TestingBroker;
import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.specification.RunSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A run on a stream of flights that are late if they are far, 100 records a step; from the record
 * {@value #DRIFT} on if they are near.
 */
public final class StreamRun {

  /** Records of a step. */
  public static final int STEP = 100;

  /** The first record of which it is the other way round. */
  public static final int DRIFT = 10_000;

  private StreamRun() {}

  /**
   * Writes the specification.
   *
   * @param output its keys, as YAML
   */
  public static Path specification(Path file, TestingBroker broker, String topic, String output)
      throws Exception {
    return Files.writeString(
        file,
        """
        name: flights
        network:
          layers:
            - dense: {units: 8, activation: relu}
            - dense: {units: 2}
        data:
          kafka: {bootstrap-servers: "%s", topics: %s, end: latest}
          format: json
          features:
            - number: {field: distance, scale: standard, clip: 3}
            - number: {field: wind, missing: indicator}
            - category: {field: origin, vocabulary: [SEA, SFO]}
          label:
            above: {field: delay, threshold: 15}
          max-wait: off
        training: {mini-batch: 50, optimizer: sgd, learning-rate: 0.1, drift: {reaction: none}}
        workers: {count: 2, runtime: in-process}
        checkpoints: {interval: 100 ms}
        output: %s
        """
            .formatted(broker.servers(), topic, output));
  }

  /** Values of records, from one on. */
  public static List<byte[]> records(int from, int count) {
    Random random = new Random(from);
    List<byte[]> records = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      int distance = random.nextInt(3000);
      boolean late = distance > 1500 ^ i >= DRIFT;
      String wind = i % 3 == 0 ? "null" : String.valueOf(random.nextInt(50));
      records.add(
          "{\"distance\": %d, \"wind\": %s, \"origin\": \"%s\", \"delay\": %d}"
              .formatted(distance, wind, i % 2 == 0 ? "SEA" : "SFO", late ? 20 : 10)
              .getBytes(StandardCharsets.UTF_8));
    }
    return records;
  }

  static PreparedRun prepared(Path specification, Path directory) throws Exception {
    Files.createDirectories(directory);
    RunSpecification read = RunSpecification.read(specification, Map.of());
    PreparedInput input = PreparedInput.open(read);
    return new PreparedRun(
        ProfilePlanner.here(Map.of()).plan(read, input),
        input,
        directory,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }
}
