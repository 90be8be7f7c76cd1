package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.connectors.kafka.TestingBroker;
import dev.drey.job.prepare.PreparedStream;
import dev.drey.job.specification.RunSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream whose labels are wrong for a while. Version 50 was trained on them, and is worse on what
 * comes after it than version 40, which was not.
 */
@Timeout(600)
class GateITCase {

  /** Of each step. */
  private static final int EXAMPLES = 100;

  private static final int STEPS = 80;
  private static final int WRONG_FROM = 42;
  private static final int WRONG_BELOW = 50;
  private static final int REFUSED = 50;

  @TempDir private Path directory;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  @Tag("full")
  @Test
  void aVersionTrainedOnWrongLabelsIsNotPublishedWhateverFails() throws Exception {
    try (TestingBroker broker = new TestingBroker()) {
      broker.create("numbers", 1);
      broker.sendAll("numbers", 0, records());
      List<List<String>> calm = calm(broker);
      List<List<String>> failing = failing(broker);

      assertThat(calm).extracting(row -> row.get(0)).containsExactly(versions());
      assertThat(calm.get(0)).contains("published", "\"it is the first\"");
      assertThat(calm.get(REFUSED / 10 - 1)).contains("refused", "\"it is worse\"", "40", "200");
      assertThat(calm.get(STEPS / 10 - 1)).contains("published");
      assertThat(failing).isEqualTo(calm);
    }
  }

  private static String[] versions() {
    return Stream.iterate(10, v -> v <= STEPS, v -> v + 10)
        .map(String::valueOf)
        .toArray(String[]::new);
  }

  private static List<byte[]> records() {
    Random random = new Random(1);
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < STEPS * EXAMPLES; i++) {
      int step = i / EXAMPLES;
      boolean wrong = step >= WRONG_FROM && step < WRONG_BELOW;
      double x = random.nextDouble() - 0.5;
      double y = random.nextDouble() - 0.5;
      records.add(
          "{\"x\": %s, \"y\": %s, \"sum\": %s}"
              .formatted(x, y, wrong ? -x - y : x + y)
              .getBytes(StandardCharsets.UTF_8));
    }
    return records;
  }

  /** A run that goes on until its metric says so, and is stopped then. */
  private List<List<String>> calm(TestingBroker broker) throws Exception {
    StopSignal stop = new StopSignal();
    Watch watch = new Watch();
    PreparedRun run = run(broker, "calm", "none");
    CompletableFuture<Outcome> outcome =
        SmallRun.start(() -> new LocalTraining(LocalSetup.of(SmallRun.HOME)).run(run, watch, stop));
    watch.awaitStep(1, outcome); // a start may take as long as the rest
    watch.awaitStep(STEPS, outcome);
    WebUi web = new WebUi(watch.webInterface());
    String job = web.job();
    Watch.until(
        "all but the last candidate decided",
        () ->
            web.metric(job, "candidatesPublished").orElse(0)
                    + web.metric(job, "candidatesRefused").orElse(0)
                == STEPS / 10 - 1);
    assertThat(web.metric(job, "candidatesRefused").orElse(0)).isPositive();
    assertThat(web.metric(job, "evaluation.invocations").orElse(0)).isPositive();
    assertThatThePageHasTheMetrics(web, job);
    double evaluations = web.metric(job, "evaluation.invocations").orElseThrow();

    stop.request();

    assertThat(outcome.get().summary().steps()).isEqualTo(STEPS);
    assertThat(outcome.get().summary().invocations() - 2.0 * STEPS)
        .as("paid for, beside steps")
        .isEqualTo(evaluations);
    return publications(run);
  }

  private static void assertThatThePageHasTheMetrics(WebUi web, String job) throws Exception {
    String page = Files.readString(SmallRun.HOME.resolve("docs/metrics.md"));
    int ours = 0;
    for (JsonNode vertex : web.vertices(job)) {
      String metrics = "/jobs/" + job + "/vertices/" + vertex.path("id").asText();
      for (JsonNode metric : web.get(metrics + "/subtasks/metrics")) {
        String name = metric.path("id").asText();
        if (name.startsWith("publish.candidates") || name.startsWith("publish.evaluation.")) {
          assertThat(page)
              .contains("`" + name.replaceFirst("publish\\.(evaluation\\.)?", "") + "`");
          ours++;
        }
      }
    }
    assertThat(ours).isGreaterThan(10);
  }

  /** A run that fails before, while and after version 50 is compared. */
  private List<List<String>> failing(TestingBroker broker) throws Exception {
    FailingStore.Orders failures =
        FailingStore.failing(directory, "-shard0-v45", "-gate-v50", "-shard0-v53");
    PreparedRun run = run(broker, "failing", "latest");

    new LocalTraining(failures.setup()).run(run, new Watch(), new StopSignal());

    assertThat(failures.haveFailed()).isTrue();
    assertThat(failures.opened())
        .as("stores of four starts: the server's, the gate's, and those of their workers")
        .isGreaterThanOrEqualTo(4L * 4);
    return publications(run);
  }

  private PreparedRun run(TestingBroker broker, String name, String end) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve(name + ".yaml"),
            """
            network:
              layers:
                - dense: {units: 8, activation: tanh}
                - dense: {units: 2}
            data:
              kafka: {bootstrap-servers: "%s", topics: numbers, end: %s}
              format: json
              features:
                - number: {field: [x, y], scale: none}
              label:
                above: {field: sum, threshold: 0}
              max-wait: off
            training: {mini-batch: 50, learning-rate: 0.05}
            workers: {count: 2, concurrency: 1, hedge: off}
            checkpoints: {interval: 200 ms}
            output: {publish: {every: 10, gate: {examples: 200}}}
            """
                .formatted(broker.servers(), end));
    RunSpecification specification = RunSpecification.read(file, Map.of());
    return new PreparedRun(
        GivenPlan.of(specification),
        PreparedStream.open(specification),
        Files.createDirectories(directory.resolve(name)),
        Map.of("metrics.fetcher.update-interval", "100"),
        Optional.empty(),
        Optional.empty());
  }

  /** Without the places. */
  private static List<List<String>> publications(PreparedRun run) throws IOException {
    return Curve.read(run.directory().resolve("publications.csv")).rows().stream()
        .map(row -> row.subList(0, row.size() - 1))
        .toList();
  }
}
