package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.connectors.kafka.TestingBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs on topics of a real broker whose partitions are uneven. */
@Timeout(600)
class LagITCase {

  @TempDir private static Path root;
  private static TestingBroker broker;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Watch watch = new Watch();
  private final StopSignal stop = new StopSignal();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestingBroker();
  }

  @AfterEach
  void endThread() {
    thread.shutdownNow();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
    Leftovers.assertNone();
  }

  /** Trains on a topic with two partitions, until it is stopped. */
  private Future<Outcome> start(String topic, String maxWait) throws Exception {
    Path file = StreamRun.specification(root.resolve(topic + ".yaml"), broker, topic, "{}");
    String endless =
        Files.readString(file)
            .replace(", end: latest", "")
            .replace("max-wait: off", "max-wait: " + maxWait);
    Files.writeString(file, endless);
    PreparedRun run = StreamRun.prepared(file, root.resolve(topic));
    return thread.submit(() -> new LocalTraining(SmallRun.HOME).run(run, watch, stop));
  }

  /**
   * Makes a topic and fills it before a run starts, so that its ends are the same from the start.
   */
  private static void send(String topic, int first, int second) throws Exception {
    broker.create(topic, 2);
    broker.sendAll(topic, 0, StreamRun.records(0, first));
    broker.sendAll(topic, 1, StreamRun.records(0, second));
  }

  /** The partitions of lag.csv. */
  private static Set<String> reported(String topic) throws Exception {
    Curve lags = Curve.read(root.resolve(topic).resolve("lag.csv"));
    int partition = lags.header().indexOf("partition");
    Set<String> names = new HashSet<>();
    lags.rows().forEach(row -> names.add(row.get(partition)));
    return names;
  }

  @Test
  void unevenPartitionsAreReadToTheirEnds() throws Exception {
    send("uneven", 380, 620);
    Future<Outcome> run = start("uneven", "10 s");
    Map<String, Long> read = Map.of("uneven-0", 0L, "uneven-1", 0L);
    Watch.until("all is trained on", () -> run.isDone() || watch.lag().partitions().equals(read));

    stop.request();
    Outcome outcome = run.get(300, TimeUnit.SECONDS);

    assertThat(outcome.summary().partitions().get("uneven-0").trained()).isEqualTo(380);
    assertThat(outcome.summary().partitions().get("uneven-1").trained()).isEqualTo(620);
    assertThat(reported("uneven")).containsExactlyInAnyOrder("uneven-0", "uneven-1");
  }

  /** With max-wait: off, which takes the same number of examples of both. No step is made then. */
  @Test
  void aPartitionThatFallsBehindWhileWorkersAreIdleIsReported() throws Exception {
    send("behind", 100, 700);
    Future<Outcome> run = start("behind", "off");
    Watch.until("the lag is known", () -> run.isDone() || watch.lag().of("behind-1") == 600);
    assertThat(watch.lag().of("behind-0")).isZero();

    Watch.until(
        "it is reported",
        () -> {
          broker.sendAll("behind", 1, StreamRun.records(0, 5));
          return run.isDone() || !watch.notes().isEmpty();
        });

    assertThat(watch.notes()).hasSize(1);
    assertThat(watch.notes().get(0))
        .startsWith("partition behind-1 falls behind while workers are idle: ")
        .contains("With data.max-wait: off, each task waits");
    stop.request();
    assertThat(run.get(300, TimeUnit.SECONDS).ending()).isEqualTo(Outcome.Ending.INTERRUPTED);
  }
}
