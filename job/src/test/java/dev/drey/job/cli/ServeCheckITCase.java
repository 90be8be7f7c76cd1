package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.connectors.kafka.TestingBroker;
import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.run.LocalTraining;
import dev.drey.job.run.SmallRun;
import dev.drey.job.run.StreamRun;
import dev.drey.job.run.Watch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code drey serve-check} beside a run that trains, with a real broker. */
@Timeout(600)
class ServeCheckITCase {

  /** What comes before the drift: the labels mean one thing. */
  private static final int RECORDS = StreamRun.DRIFT;

  private static final Pattern SCORED =
      Pattern.compile("version (\\d+): ([\\d,]+) records, loss ([\\d.]+), accuracy");

  private static TestingBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestingBroker();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static int drey(TestingShell shell, String... arguments) {
    return Drey.run(
        new LocalTraining(SmallRun.HOME),
        exchange -> Drey.worker(SmallRun.HOME, exchange),
        shell.shell(),
        arguments);
  }

  @Test
  void versionsAreTakenAsTheyAreAnnouncedAndTheLossFalls() throws Exception {
    broker.create("flights", 1);
    broker.create("models", 1);
    StreamRun.specification(
        directory.resolve("flights.yaml"),
        broker,
        "flights",
        "{publish: {every: 20, announce: models}}");
    Files.writeString(
        directory.resolve("flights.yaml"),
        Files.readString(directory.resolve("flights.yaml")).replace("end: latest", "end: none"));
    TestingShell training = new TestingShell(directory, Clock.systemUTC());
    TestingShell serving = new TestingShell(directory, Clock.systemUTC());
    String steps = "training.steps=" + RECORDS / StreamRun.STEP;
    CompletableFuture<Integer> trained =
        CompletableFuture.supplyAsync(
            () -> drey(training, "train", "flights.yaml", "--out", "run", "--set", steps));
    // What the first version is trained on, which serve-check does not score.
    int first = 20 * StreamRun.STEP;
    broker.sendAll("flights", 0, StreamRun.records(0, first));
    CompletableFuture<Integer> served =
        CompletableFuture.supplyAsync(
            () ->
                drey(
                    serving,
                    "serve-check",
                    "flights.yaml",
                    "--records",
                    String.valueOf(RECORDS - first)));
    Watch.until("the first version scores", () -> serving.out().contains("version 20 scores"));

    for (int from = first; from < RECORDS; from += first) {
      broker.sendAll("flights", 0, StreamRun.records(from, first));
      int versions = from / first + 1;
      Watch.until(versions + " versions are announced", () -> announced() >= versions);
    }

    assertThat(served.join()).as(serving.err()).isZero();
    assertThat(trained.join()).as(training.err()).isZero();
    List<MatchResult> scored = SCORED.matcher(serving.out()).results().toList();
    assertThat(scored).as(serving.out()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(scored.stream().mapToInt(s -> Integer.parseInt(s.group(2).replace(",", ""))).sum())
        .as("each record is scored once")
        .isEqualTo(RECORDS - first);
    assertThat(loss(scored.get(scored.size() - 1))).isLessThan(loss(scored.get(0)));
    assertThat(serving.out()).contains("drey: all: 8,000 records, loss ");
    assertThat(serving.err()).isEmpty();
  }

  private static void announce(String value) throws Exception {
    broker.send(
        "spoiled-models",
        0,
        1,
        "flights".getBytes(StandardCharsets.UTF_8),
        value.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void announcementsThatAreNotValidArePassedOverAndTheVersionBeforeThemScores() throws Exception {
    int records = 10 * StreamRun.STEP;
    broker.create("spoiled", 1);
    broker.create("spoiled-models", 1);
    broker.sendAll("spoiled", 0, StreamRun.records(0, records));
    StreamRun.specification(
        directory.resolve("flights.yaml"),
        broker,
        "spoiled",
        "{publish: {every: 5, announce: spoiled-models}}");
    TestingShell training = new TestingShell(directory, Clock.systemUTC());
    assertThat(drey(training, "train", "flights.yaml", "--out", "run")).as(training.err()).isZero();
    broker.sendAll("spoiled", 0, StreamRun.records(records, records));
    Watch.until(
        "both versions are announced",
        () -> broker.read("spoiled-models", IsolationLevel.READ_COMMITTED).size() == 2);
    String sha = "'weightsSha256': 'ab'}";
    announce("{'version': 99, 'place': 5, " + sha);
    announce("{'version': 99, 'place': '', " + sha);
    announce("{'version': 99, 'place': 'http://[', " + sha);
    announce("{'version': -1, 'place': '/v', " + sha);
    announce("{'version': 99, 'place': '/etc', " + sha);
    Path copy = directory.resolve("run/published/copy");
    FileUtils.copy(
        new org.apache.flink.core.fs.Path(
            directory.resolve("run/published/version-000000000010").toUri()),
        new org.apache.flink.core.fs.Path(copy.toUri()),
        false);
    Files.writeString(
        copy.resolve("account.json"),
        Files.readString(copy.resolve("account.json"))
            .replaceFirst("\"nextOffset\" : \\d+", "\"nextOffset\" : -7"));
    announce("{'version': 99, 'place': '" + copy + "', " + sha);

    TestingShell serving = new TestingShell(directory, Clock.systemUTC());
    int code = drey(serving, "serve-check", "flights.yaml", "--records", String.valueOf(records));

    assertThat(code).as(serving.err()).isZero();
    assertThat(serving.out()).contains("version 10 scores", "drey: all: 1,000 records, loss ");
    assertThat(serving.err())
        .contains("place is 5, must be a text")
        .contains("place is \"\", must be a text")
        .contains("\"http://[\" is not a place")
        .contains("version is -1, must be a number from 0")
        .contains("/etc is not below ")
        .contains("nextOffset is -7, must be a number from 0")
        .contains("drey: 6 announcements passed over");
  }

  private static long announced() {
    return broker.read("models", IsolationLevel.READ_COMMITTED).size();
  }

  private static double loss(MatchResult scored) {
    return Double.parseDouble(scored.group(3));
  }
}
