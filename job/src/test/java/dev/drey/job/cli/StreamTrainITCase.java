package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.connectors.kafka.TestingBroker;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.run.Curve;
import dev.drey.job.run.LocalTraining;
import dev.drey.job.run.SmallRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code drey produce} and {@code drey train} with a real broker. */
@Timeout(600)
class StreamTrainITCase {

  private static final int SOUND = 4_000;
  private static final int MALFORMED = 10_000;

  private static TestingBroker broker;

  @TempDir private Path directory;
  private TestingShell shell;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestingBroker();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void writeFiles() throws Exception {
    Files.writeString(
        directory.resolve("flights.yaml"),
        """
        network:
          layers:
            - dense: {units: 8, activation: relu}
            - dense: {units: 2}
        data:
          kafka: {bootstrap-servers: "%s", topics: flights, end: latest}
          format: json
          features:
            - number: {field: distance}
            - category: {field: origin, vocabulary: [SEA, SFO]}
          label:
            above: {field: delay, threshold: 15}
          max-wait: 100 ms
          dead-letter-topic: dead
        training: {mini-batch: 100, drift: {reaction: replay}}
        workers: {count: 2, runtime: in-process}
        checkpoints: {interval: 1 s}
        """
            .formatted(broker.servers()));
    StringBuilder rows = new StringBuilder("distance,origin,delay\n");
    Random random = new Random(1);
    for (int i = 0; i < SOUND; i++) {
      int distance = random.nextInt(3000);
      rows.append(distance).append(i % 2 == 0 ? ",SEA," : ",SFO,");
      rows.append(distance > 1500 ? 20 : 10).append('\n');
    }
    Files.writeString(directory.resolve("flights.csv"), rows);
    shell = new TestingShell(directory, Clock.systemUTC());
  }

  private int drey(String... arguments) {
    return Drey.run(
        new LocalTraining(SmallRun.HOME),
        exchange -> Drey.worker(SmallRun.HOME, exchange),
        shell.shell(),
        arguments);
  }

  @Test
  void tenThousandMalformedRecordsAreDeadLettersAndStopNothing() throws Exception {
    broker.create("dead", 1);
    assertThat(drey("produce", "flights.yaml", "--file", "flights.csv", "--partitions", "2"))
        .as(shell.err())
        .isZero();
    assertThat(shell.out()).contains("made topic flights of 2 partitions", "4,000 records to");
    Set<String> malformed = new TreeSet<>();
    for (int partition = 0; partition < 2; partition++) {
      for (long offset : broker.sendAll("flights", partition, malformed(partition))) {
        malformed.add("flights-" + partition + "@" + offset);
      }
    }
    assertThat(drey("produce", "flights.yaml", "--file", "flights.csv")).isZero(); // and after them

    assertThat(drey("train", "flights.yaml", "--out", "run")).as(shell.err()).isZero();

    Set<String> dead = new TreeSet<>();
    List<ConsumerRecord<byte[], byte[]>> letters =
        broker.read("dead", IsolationLevel.READ_COMMITTED);
    letters.forEach(
        letter ->
            dead.add(
                header(letter, "topic")
                    + "-"
                    + header(letter, "partition")
                    + "@"
                    + header(letter, "offset")));
    assertThat(letters).hasSize(MALFORMED).allMatch(l -> !header(l, "reason").isBlank());
    assertThat(dead).isEqualTo(malformed);
    Curve curve = Curve.read(directory.resolve("run/curve.csv"));
    assertThat(curve.last("examples")).isEqualTo(2 * SOUND);
    assertThat(drey("predict", "run", "flights.csv")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("run on a stream", "drey serve-check");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader("drey." + name).value(), StandardCharsets.UTF_8);
  }

  /** Half of the malformed records: none of them can be an example. */
  private static List<byte[]> malformed(long seed) {
    Random random = new Random(seed);
    byte[] sound =
        "{\"distance\": 500, \"origin\": \"SEA\", \"delay\": 20}".getBytes(StandardCharsets.UTF_8);
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < MALFORMED / 2; i++) {
      records.add(
          switch (i % 8) {
            case 0 -> null; // a tombstone
            case 1 -> Arrays.copyOf(sound, random.nextInt(sound.length)); // cut
            case 2 -> "[".repeat(1 + random.nextInt(500)).getBytes(StandardCharsets.UTF_8); // deep
            case 3 -> flipped(sound, random);
            case 4 -> "{\"distance\": \"far\", \"delay\": 1}".getBytes(StandardCharsets.UTF_8);
            case 5 -> "{\"distance\": 1e99, \"delay\": 1}".getBytes(StandardCharsets.UTF_8);
            case 6 -> "{\"distance\": null, \"delay\": 1}".getBytes(StandardCharsets.UTF_8);
            default -> i % 1000 == 7 ? new byte[900_000] : new byte[] {(byte) random.nextInt(48)};
          });
    }
    return records;
  }

  /** With the first bracket changed, as far as anything else. */
  private static byte[] flipped(byte[] sound, Random random) {
    byte[] flipped = sound.clone();
    flipped[0] ^= (byte) (1 << random.nextInt(8));
    flipped[random.nextInt(flipped.length - 1) + 1] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }
}
