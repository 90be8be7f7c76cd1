package dev.drey.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.stream.RawRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offsets that a real broker does not have any more. */
@Timeout(600)
class LostOffsetsITCase {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  /** What the job of a test has read, by topic; the job may read on while there are permits. */
  private static final Map<String, Queue<String>> READ = new ConcurrentHashMap<>();

  private static final Map<String, Semaphore> PERMITS = new ConcurrentHashMap<>();

  private static TestingBroker broker;

  @TempDir private Path directory;
  private String topic = "";

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestingBroker();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void makeTopic(TestInfo test) throws Exception {
    topic = "t" + (test.getTestMethod().orElseThrow().getName() + test.getDisplayName()).hashCode();
    READ.put(topic, new ConcurrentLinkedQueue<>());
    PERMITS.put(topic, new Semaphore(Integer.MAX_VALUE));
    broker.create(topic, 1);
  }

  private void send(int from, int to) throws Exception {
    broker.sendAll(
        topic,
        0,
        IntStream.range(from, to)
            .mapToObj(i -> String.valueOf(i).getBytes(StandardCharsets.UTF_8))
            .toList());
  }

  private KafkaSettings settings(
      StartingOffsets start, StoppingOffsets end, LostOffsets policy, String... properties) {
    Map<String, ClientProperty> all = new ConcurrentHashMap<>();
    for (int i = 0; i < properties.length; i += 2) {
      all.put(properties[i], new ClientProperty.Plain(properties[i + 1]));
    }
    return new KafkaSettings(
        broker.servers(),
        new Topics.Named(List.of(topic)),
        "group-" + topic,
        start,
        end,
        Duration.ofMillis(200),
        all,
        policy);
  }

  private KafkaSettings settings(LostOffsets policy) {
    return settings(new StartingOffsets.Earliest(), new StoppingOffsets.Never(), policy);
  }

  /** Notes a record as "offset value", and lost ones as "offset lost count". */
  private record Note(String topic) implements MapFunction<RawRecord, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public String map(RawRecord record) throws InterruptedException {
      PERMITS.get(topic).acquire();
      String text =
          record.position().offset()
              + (record.isLost()
                  ? " lost " + record.lost()
                  : " " + new String(record.value(), StandardCharsets.UTF_8));
      READ.get(topic).add(text);
      return text;
    }
  }

  /** Starts a job that would be restarted after each failure. */
  private JobClient start(KafkaSettings settings, String savepoint) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    if (!savepoint.isEmpty()) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    env.enableCheckpointing(100);
    env.fromSource(KafkaRecords.source(settings), WatermarkStrategy.noWatermarks(), "in")
        .uid("in")
        .map(new Note(topic))
        .uid("map")
        .sinkTo(new DiscardingSink<>())
        .uid("out");
    return env.executeAsync();
  }

  private void awaitRead(int count) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (READ.get(topic).size() < count) {
      assertThat(System.nanoTime()).as("read so far: %s", READ.get(topic)).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** Reads so many records, and stops with a savepoint. */
  private String savepointAfter(int records) throws Exception {
    JobClient job = start(settings(LostOffsets.FAIL), "");
    awaitRead(records);
    String savepoint =
        job.stopWithSavepoint(false, directory.toString(), SavepointFormatType.CANONICAL)
            .get(5, TimeUnit.MINUTES);
    READ.get(topic).clear();
    return savepoint;
  }

  private static String failure(JobClient job) throws Exception {
    try {
      job.getJobExecutionResult().get(5, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return String.valueOf(root.getMessage());
    }
    throw new AssertionError("the job did not fail");
  }

  @Test
  void recordsThatWereDeletedDuringAPauseFailTheJobForGood() throws Exception {
    send(0, 10);
    String savepoint = savepointAfter(10);
    send(10, 20);
    broker.deleteRecords(topic, 0, 15);

    assertThat(failure(start(settings(LostOffsets.FAIL), savepoint)))
        .contains(
            "topic "
                + topic
                + ", partition 0: the run continues at offset 10, the partition has offsets 15 to"
                + " 20: 5 offsets were deleted before the run read them.")
        .contains("data.kafka.lost-offsets: count");
    assertThat(READ.get(topic)).isEmpty();
  }

  @Test
  void recordsThatWereDeletedDuringAPauseAreCountedIfAsked() throws Exception {
    send(0, 10);
    String savepoint = savepointAfter(10);
    send(10, 20);
    broker.deleteRecords(topic, 0, 15);

    JobClient job = start(settings(LostOffsets.COUNT), savepoint);
    awaitRead(6);
    String second =
        job.stopWithSavepoint(false, directory.toString(), SavepointFormatType.CANONICAL)
            .get(5, TimeUnit.MINUTES);
    assertThat(READ.get(topic))
        .containsExactly("10 lost 5", "15 15", "16 16", "17 17", "18 18", "19 19");

    READ.get(topic).clear();
    send(20, 22);
    job = start(settings(LostOffsets.FAIL), second); // what was counted is behind
    awaitRead(2);
    job.cancel().get(5, TimeUnit.MINUTES);
    assertThat(READ.get(topic)).containsExactly("20 20", "21 21");
  }

  @ParameterizedTest
  @ValueSource(ints = {150, 200})
  void retentionThatOvertakesASlowReaderIsCountedToo(int before) throws Exception {
    for (int i = 0; i < 200; i++) {
      send(i, i + 1); // a batch each, so that few of them are fetched at once
    }
    PERMITS.get(topic).acquire(Integer.MAX_VALUE - 1);
    JobClient job =
        start(
            settings(
                new StartingOffsets.Earliest(),
                new StoppingOffsets.Latest(),
                LostOffsets.COUNT,
                "max.partition.fetch.bytes",
                "1",
                "fetch.max.bytes",
                "1"),
            "");
    awaitRead(1);
    broker.deleteRecords(topic, 0, before);
    PERMITS.get(topic).release(1000);
    job.getJobExecutionResult().get(5, TimeUnit.MINUTES);

    List<String> read = new ArrayList<>(READ.get(topic));
    List<String> lost = read.stream().filter(text -> text.contains("lost")).toList();
    assertThat(lost).as("read: %s", read).hasSize(1);
    String[] gap = lost.get(0).split(" ", -1);
    int first = Integer.parseInt(gap[0]);
    assertThat(first + Integer.parseInt(gap[2])).isEqualTo(before);
    List<String> expected = new ArrayList<>();
    IntStream.range(0, first).forEach(i -> expected.add(i + " " + i));
    expected.add(lost.get(0));
    IntStream.range(before, 200).forEach(i -> expected.add(i + " " + i));
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void aTopicThatWasMadeAnewIsRefusedWithBothIds() throws Exception {
    send(0, 10);
    String savepoint = savepointAfter(10);
    KafkaTopics topics = new KafkaTopics(settings(LostOffsets.FAIL), Duration.ofSeconds(30));
    String before = topics.ids(List.of(topic)).get(topic);
    broker.delete(topic);
    broker.create(topic, 1);
    send(0, 20);
    String now = topics.ids(List.of(topic)).get(topic);

    assertThat(now).isNotEqualTo(before);
    for (LostOffsets policy : LostOffsets.values()) {
      assertThat(failure(start(settings(policy), savepoint)))
          .contains("topic " + topic + " has the id " + now)
          .contains("with the id " + before)
          .contains("without --resume");
    }
  }

  @Test
  void anOffsetBehindTheEndIsRefused() throws Exception {
    send(0, 10);
    broker.commit("group-" + topic, topic, 100);

    for (LostOffsets policy : LostOffsets.values()) {
      assertThat(
              failure(
                  start(
                      settings(
                          new StartingOffsets.Committed(), new StoppingOffsets.Never(), policy),
                      "")))
          .contains("continues at offset 100, the partition has offsets 0 to 10")
          .contains("was cut short");
    }
  }

  @Test
  void theMarksOfTransactionsAndAbortedRecordsAreNoLoss() throws Exception {
    send(0, 1);
    broker.sendInTransaction(topic, List.of("aborted"), false);
    broker.sendInTransaction(topic, List.of("committed"), true);
    send(1, 2);

    JobClient job =
        start(
            settings(
                new StartingOffsets.Earliest(),
                new StoppingOffsets.Never(),
                LostOffsets.FAIL,
                "isolation.level",
                "read_committed"),
            "");
    awaitRead(3);
    job.cancel().get(5, TimeUnit.MINUTES);

    assertThat(READ.get(topic)).containsExactly("0 0", "3 committed", "5 1");
  }

  @Test
  void anIdlePartitionThatBeganAtItsEndLosesNothingOfAPause() throws Exception {
    send(0, 10);
    KafkaSettings latest =
        settings(new StartingOffsets.Latest(), new StoppingOffsets.Never(), LostOffsets.FAIL);
    JobClient job = start(latest, "");
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!Map.of(0, 10L).equals(broker.committed("group-" + topic, topic))) {
      assertThat(System.nanoTime()).as("the offset is committed").isLessThan(end);
      Thread.onSpinWait();
    }
    String savepoint =
        job.stopWithSavepoint(false, directory.toString(), SavepointFormatType.CANONICAL)
            .get(5, TimeUnit.MINUTES);
    send(10, 12);

    job = start(latest, savepoint);
    awaitRead(2);
    job.cancel().get(5, TimeUnit.MINUTES);

    assertThat(READ.get(topic)).containsExactly("10 10", "11 11");
  }
}
