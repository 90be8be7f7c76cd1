package dev.drey.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(600)
class DeadLetterTopicITCase {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
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

  /** Rejects every record; the first time it sees the third, it fails. */
  private static final class Reject implements MapFunction<RawRecord, RejectedRecord> {

    private static final long serialVersionUID = 1L;
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    @Override
    public RejectedRecord map(RawRecord record) {
      if (record.position().offset() == 2 && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("as the test asks");
      }
      return new RejectedRecord(record, "field x is \"é\", must be a number");
    }
  }

  @Test
  void aDeadLetterIsThereOnceWithItsReasonAndPlace() throws Exception {
    broker.create("flights", 1);
    broker.create("dead", 1);
    byte[] key = {1, 2};
    byte[] huge = new byte[1_000_500];
    broker.send("flights", 0, 1_000_000_000_000L, key, "no JSON".getBytes(StandardCharsets.UTF_8));
    broker.send("flights", 0, 1_000_000_000_001L, key, null);
    broker.send("flights", 0, 1_000_000_000_002L, null, huge);
    KafkaSettings settings =
        new KafkaSettings(
            broker.servers(),
            new Topics.Named(List.of("flights")),
            "test-group",
            new StartingOffsets.Earliest(),
            new StoppingOffsets.Never(),
            Duration.ofMinutes(1),
            Map.of("fetch.min.bytes", new ClientProperty.Plain("1")),
            LostOffsets.FAIL);
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    env.enableCheckpointing(500);
    env.fromSource(KafkaRecords.source(settings), WatermarkStrategy.noWatermarks(), "in")
        .map(new Reject())
        .returns(RejectedRecord.class)
        .sinkTo(
            DeadLetterTopic.sink(
                settings,
                "dead",
                new Transactions("test-dead", TransactionTimeout.of(Duration.ZERO))));
    JobClient job = env.executeAsync();
    List<ConsumerRecord<byte[], byte[]>> letters = await("dead", 3);
    job.cancel().get(30, TimeUnit.SECONDS);

    assertThat(letters).hasSize(3);
    assertThat(letters.get(0).key()).isEqualTo(key);
    assertThat(letters.get(0).value()).asString().isEqualTo("no JSON");
    assertThat(headers(letters.get(0)))
        .isEqualTo(
            Map.of(
                "drey.reason", "field x is \"é\", must be a number",
                "drey.topic", "flights",
                "drey.partition", "0",
                "drey.offset", "0",
                "drey.timestamp", "1000000000000"));
    assertThat(letters.get(1).value()).isNull();
    assertThat(letters.get(2).value()).hasSize(1_000_000);
    assertThat(headers(letters.get(2))).containsEntry("drey.bytes", "1000500");
    // what the failed attempt had written was never committed
    assertThat(broker.read("dead", IsolationLevel.READ_UNCOMMITTED).size()).isGreaterThan(3);
  }

  private static List<ConsumerRecord<byte[], byte[]>> await(String topic, int count)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    List<ConsumerRecord<byte[], byte[]>> records = List.of();
    while (records.size() < count && System.nanoTime() < deadline) {
      records = broker.read(topic, IsolationLevel.READ_COMMITTED);
    }
    return records;
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
