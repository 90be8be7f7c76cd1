package dev.drey.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.stream.EndOffsets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class KafkaSourceITCase {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static TestingBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestingBroker();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static KafkaSettings settings(Topics topics, StartingOffsets start, StoppingOffsets end) {
    return settings(topics, start, end, Map.of());
  }

  private static KafkaSettings settings(
      Topics topics,
      StartingOffsets start,
      StoppingOffsets end,
      Map<String, ClientProperty> properties) {
    return new KafkaSettings(
        broker.servers(),
        topics,
        "test-group",
        start,
        end,
        Duration.ofMillis(200),
        properties,
        LostOffsets.FAIL);
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    env.enableCheckpointing(100);
    return env;
  }

  /** Records as "position timestamp value". */
  private static DataStream<String> records(
      StreamExecutionEnvironment env, KafkaSettings settings) {
    return env.fromSource(KafkaRecords.source(settings), WatermarkStrategy.noWatermarks(), "in")
        .map(
            record ->
                record.position()
                    + " "
                    + record.timestamp()
                    + " "
                    + (record.value() == null
                        ? "null"
                        : new String(record.value(), StandardCharsets.UTF_8)))
        .returns(Types.STRING);
  }

  private static List<String> all(KafkaSettings settings) throws Exception {
    List<String> all = new ArrayList<>();
    try (Job job = new Job(settings, 1)) {
      job.records.forEachRemaining(all::add);
    }
    return all;
  }

  /** A job that reads, cancelled when it is closed. */
  private static final class Job implements AutoCloseable {

    private final CloseableIterator<String> records;

    Job(KafkaSettings settings, int parallelism) throws Exception {
      records = records(environment(parallelism), settings).executeAndCollect();
    }

    String next() {
      return records.next();
    }

    @Override
    public void close() {
      try {
        records.close();
      } catch (Exception e) {
        throw new IllegalStateException("the job cannot be cancelled", e);
      }
    }
  }

  @Test
  void theEndsOfPartitionsAreAfterTheirLastRecords() throws Exception {
    broker.create("ends", 2);
    broker.send("ends", 1, System.currentTimeMillis(), "a");
    broker.send("ends", 1, System.currentTimeMillis(), "b");
    for (Topics topics : List.of(new Topics.Named(List.of("ends")), new Topics.Matching("en.s"))) {
      KafkaSettings settings =
          settings(topics, new StartingOffsets.Earliest(), new StoppingOffsets.Never());
      try (EndOffsets ends = KafkaRecords.ends(settings).open()) {
        assertThat(ends.ends()).isEqualTo(Map.of("ends-0", 0L, "ends-1", 2L));
        assertThat(ends.starts()).isEqualTo(Map.of("ends-0", 0L, "ends-1", 0L));
      }
    }
    KafkaSettings missing =
        settings(
            new Topics.Named(List.of("no-such-topic")),
            new StartingOffsets.Earliest(),
            new StoppingOffsets.Never());
    try (EndOffsets ends = KafkaRecords.ends(missing).open()) {
      assertThatThrownBy(ends::ends)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("UnknownTopicOrPartition");
    }
  }

  @Test
  void recordsAreReadWithTheirPlacesFromWhereTheSettingsSay() throws Exception {
    long now = System.currentTimeMillis(); // older ones may be deleted
    broker.create("flights", 2);
    broker.send("flights", 0, now + 1, "a");
    broker.send("flights", 1, now + 2, "b");
    broker.send("flights", 0, now + 3, "c");
    broker.send("flights", 1, now + 4, null, null);
    String a = "flights-0@0 " + (now + 1) + " a";
    String b = "flights-1@0 " + (now + 2) + " b";
    String c = "flights-0@1 " + (now + 3) + " c";
    String tombstone = "flights-1@1 " + (now + 4) + " null";
    Instant third = Instant.ofEpochMilli(now + 3);
    Topics flights = new Topics.Named(List.of("flights"));

    assertThat(all(settings(flights, new StartingOffsets.Earliest(), new StoppingOffsets.Latest())))
        .containsExactlyInAnyOrder(a, b, c, tombstone);
    assertThat(
            all(
                settings(
                    new Topics.Matching("fl.*s"),
                    new StartingOffsets.At(third),
                    new StoppingOffsets.Latest())))
        .containsExactlyInAnyOrder(c, tombstone);
    assertThat(
            all(settings(flights, new StartingOffsets.Earliest(), new StoppingOffsets.At(third))))
        .containsExactlyInAnyOrder(a, b);
    assertThat(all(settings(flights, new StartingOffsets.Latest(), new StoppingOffsets.Latest())))
        .isEmpty();
  }

  @Test
  void offsetsAreCommittedWithCheckpointsAndGoneOnFrom() throws Exception {
    broker.create("committed", 1);
    KafkaSettings settings =
        settings(
            new Topics.Named(List.of("committed")),
            new StartingOffsets.Committed(),
            new StoppingOffsets.Never());
    broker.send("committed", 0, 1, "a");
    try (Job job = new Job(settings, 1)) {
      assertThat(job.next()).isEqualTo("committed-0@0 1 a"); // without a commit: the earliest
      while (!Map.of(0, 1L).equals(broker.committed("test-group", "committed"))) {
        Thread.onSpinWait();
      }
    }
    broker.send("committed", 0, 2, "b");
    try (Job job = new Job(settings, 1)) {
      assertThat(job.next()).isEqualTo("committed-0@1 2 b");
    }
  }

  @Test
  void aNewPartitionIsFound() throws Exception {
    broker.create("growing", 1);
    broker.send("growing", 0, 1, "a");
    KafkaSettings settings =
        settings(
            new Topics.Named(List.of("growing")),
            new StartingOffsets.Earliest(),
            new StoppingOffsets.Never());
    try (Job job = new Job(settings, 2)) {
      assertThat(job.next()).isEqualTo("growing-0@0 1 a");
      broker.grow("growing", 2);
      broker.send("growing", 1, 2, "b");
      assertThat(job.next()).isEqualTo("growing-1@0 2 b");
    }
  }

  @Test
  void secretsAreLookedUpByTheTaskAndAreNotInTheJob(@TempDir Path directory) throws Exception {
    broker.create("secret", 1);
    broker.send("secret", 0, 1, "a");
    Path file = directory.resolve("password");
    Files.writeString(file, "open sesame\n");
    KafkaSettings settings =
        settings(
            new Topics.Named(List.of("secret")),
            new StartingOffsets.Earliest(),
            new StoppingOffsets.Latest(),
            Map.of(
                "ssl.key.password", new ClientProperty.SecretFile(file.toString()),
                "ssl.keystore.password", new ClientProperty.Environment("PATH")));
    StreamExecutionEnvironment env = environment(1);
    records(env, settings).print();
    JobGraph graph = env.getStreamGraph().getJobGraph();

    assertThat(new String(InstantiationUtil.serializeObject(graph), StandardCharsets.ISO_8859_1))
        .contains("ssl.key.password")
        .contains(file.toString())
        .doesNotContain("open sesame")
        .doesNotContain(System.getenv("PATH"));
    assertThat(settings.toString()).doesNotContain("open sesame");
    assertThat(all(settings)).containsExactly("secret-0@0 1 a");
    Files.delete(file);
    assertThatThrownBy(() -> all(settings))
        .rootCause()
        .hasMessageContaining("secret file " + file + " cannot be read");
  }

  @Test
  void theBrokerTellsHowManyPartitionsThereAre() throws Exception {
    broker.create("counted", 3);
    broker.create("counted-too", 1);

    assertThat(topics(new Topics.Named(List.of("counted"))).partitions())
        .isEqualTo(Map.of("counted", 3));
    assertThat(topics(new Topics.Matching("counted.*")).partitions())
        .isEqualTo(Map.of("counted", 3, "counted-too", 1));
    assertThatThrownBy(() -> topics(new Topics.Named(List.of("counted", "gone"))).partitions())
        .isInstanceOf(TopicException.class)
        .hasMessage(broker.servers() + " has no topic gone");
    assertThatThrownBy(() -> topics(new Topics.Matching("gone.*")).partitions())
        .isInstanceOf(TopicException.class)
        .hasMessage("is \"gone.*\", which matches no topic");
  }

  private static KafkaTopics topics(Topics topics) {
    return new KafkaTopics(
        settings(topics, new StartingOffsets.Earliest(), new StoppingOffsets.Never()),
        Duration.ofSeconds(30));
  }

  @Test
  void aBrokerThatIsNotThereIsToldInTime() {
    KafkaSettings settings =
        new KafkaSettings(
            "localhost:1",
            new Topics.Named(List.of("flights")),
            "test-group",
            new StartingOffsets.Earliest(),
            new StoppingOffsets.Never(),
            null,
            Map.of(),
            LostOffsets.FAIL);

    assertThatThrownBy(() -> new KafkaTopics(settings, Duration.ofMillis(500)).partitions())
        .isInstanceOf(TopicException.class)
        .hasMessage("no broker of localhost:1 answers within 0.5 s");
  }
}
