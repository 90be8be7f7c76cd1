package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.connectors.kafka.TestingBroker;
import dev.drey.job.prepare.TransactionCheck;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run on a stream reports to topics of a real broker. */
@Timeout(600)
class TopicsITCase {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int RECORDS = 2 * StreamRun.DRIFT;
  private static final int STEPS = RECORDS / StreamRun.STEP;

  @TempDir private static Path root;
  private static TestingBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestingBroker();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
    Leftovers.assertNone();
  }

  private static List<JsonNode> committed(String topic) throws IOException {
    List<JsonNode> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        broker.read(topic, IsolationLevel.READ_COMMITTED)) {
      assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("flights");
      values.add(MAPPER.readTree(record.value()));
    }
    return values;
  }

  @Test
  void afterFailuresVersionsPointsAndDriftsAreToldOnceAndInOrder() throws Exception {
    broker.create("flights", 1);
    broker.create("models", 1);
    broker.create("curve", 1);
    broker.sendAll("flights", 0, StreamRun.records(0, RECORDS));
    Path directory = root.resolve("run");
    Path specification =
        StreamRun.specification(
            root.resolve("flights.yaml"),
            broker,
            "flights",
            "{publish: {every: 40, announce: models}, metrics-topic: {topic: curve}}");

    FailingStore.Orders failures = FailingStore.failing(root, "-shard0-v50", "-shard0-v130");
    new LocalTraining(failures.setup())
        .run(StreamRun.prepared(specification, directory), new Watch(), new StopSignal());

    assertThat(failures.haveFailed()).isTrue();
    // A broker marks a transaction's end a little after it has said so.
    Watch.until("the last version is announced", () -> committed("models").size() >= 5);
    Watch.until("the last step is told", () -> of(committed("curve"), "step").size() >= STEPS);
    List<JsonNode> announcements = committed("models");
    assertThat(announcements)
        .extracting(announced -> announced.get("version").longValue())
        .containsExactly(40L, 80L, 120L, 160L, 200L);
    for (JsonNode announced : announcements) {
      assertAnnounced(announced);
    }
    List<JsonNode> metrics = committed("curve");
    Curve curve = Curve.read(directory.resolve("curve.csv"));
    List<JsonNode> points = of(metrics, "step");
    assertThat(points)
        .extracting(point -> point.get("step").longValue())
        .isEqualTo(LongStream.rangeClosed(1, STEPS).boxed().toList());
    assertThat(points)
        .extracting(point -> point.get("window_loss").doubleValue())
        .isEqualTo(curve.column("window_loss"));
    assertThat(points.get(0).get("structure").textValue()).isEqualTo("1-2");
    assertThat(points.get(0).get("window_error").isNull()).isTrue();
    Curve drifts = Curve.read(directory.resolve("drift.csv"));
    assertThat(of(metrics, "drift"))
        .isNotEmpty()
        .extracting(drift -> drift.get("step").doubleValue())
        .isEqualTo(drifts.column("step"));
  }

  private static List<JsonNode> of(List<JsonNode> metrics, String kind) {
    return metrics.stream().filter(point -> point.get("kind").textValue().equals(kind)).toList();
  }

  private static void assertAnnounced(JsonNode announced) throws IOException {
    long offset = announced.get("version").longValue() * StreamRun.STEP;
    assertThat(announced.get("run").textValue()).isEqualTo("flights");
    assertThat(announced.get("examples").longValue()).isEqualTo(offset);
    assertThat(announced.get("prequentialLoss").doubleValue()).isPositive();
    assertThat(announced.at("/partitions/flights-0/nextOffset").longValue()).isEqualTo(offset);
    assertThat(announced.at("/partitions/flights-0/trained").longValue()).isEqualTo(offset);
    assertThat(announced.at("/partitions/flights-0").has("learnt")).isFalse();
    Path place = Path.of(URI.create(announced.get("place").textValue()));
    JsonNode account = MAPPER.readTree(place.resolve("account.json").toFile());
    assertThat(account.get("weightsSha256")).isEqualTo(announced.get("weightsSha256"));
    assertThat(account.at("/partitions/flights-0").has("learnt")).isTrue();
    assertThat(Files.exists(place.resolve("model.onnx"))).isTrue();
  }

  @Test
  void anIntervalOfCheckpointsLongerThanTransactionsMayBeOpenIsRefused() throws Exception {
    RunSpecification specification =
        RunSpecification.read(
            StreamRun.specification(
                root.resolve("seldom.yaml"), broker, "flights", "{metrics-topic: curve}"),
            Map.of("checkpoints.interval", "2 h"));
    Configuration often = new Configuration();
    often.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(7));
    Configuration seldom = new Configuration();
    seldom.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(24));

    assertThatCode(() -> TransactionCheck.check(specification, often)).doesNotThrowAnyException();
    assertThatThrownBy(() -> TransactionCheck.check(specification, new Configuration()))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining(
            "checkpoints.interval: is 2 h, so that transactions need a timeout of 4 h; the brokers"
                + " of "
                + broker.servers()
                + " allow at most 15 min");
    assertThatThrownBy(() -> TransactionCheck.check(specification, seldom))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining(
            "-D execution.checkpointing.interval: is 24 h, so that transactions need a timeout of"
                + " 48 h");
  }

  @Test
  void topicsThatAreNotThereAreToldBeforeTheStartEachWithItsKey() throws Exception {
    broker.create("there", 1);
    Path specification =
        StreamRun.specification(
            root.resolve("missing.yaml"),
            broker,
            "there",
            "{publish: {every: 40, announce: no-models}, metrics-topic: no-curve}");
    Files.writeString(
        specification,
        Files.readString(specification)
            .replace("max-wait: off", "max-wait: off\n  dead-letter-topic: no-dead"));

    assertThatThrownBy(() -> StreamRun.prepared(specification, root.resolve("missing")))
        .hasMessageContaining(
            "output.publish.announce.topic: " + broker.servers() + " has no topic")
        .hasMessageContaining("output.metrics-topic.topic: ")
        .hasMessageContaining("data.dead-letter-topic: ")
        .hasMessageNotContaining("data.kafka.topics");
  }
}
