package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sixteen slots on two workers, seen through Flink's web UI. */
@Timeout(600)
class TreeITCase {

  private static final int HELD = 10;

  @TempDir private Path root;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  @Test
  void theWebUiShowsTheTreeAndItsMetricsWhileItTrains() throws Exception {
    try (FaultyFunction function = FaultyFunction.open()) {
      watchTree(function.hold(HELD).hold(HELD + 10));
    }
  }

  private void watchTree(FaultyFunction function) throws Exception {
    SmallRun run =
        new SmallRun(root.resolve("run"))
            .home(function.home())
            .flink("metrics.fetcher.update-interval", "100")
            .set("workers.count", "16")
            .set("aggregation.structure", "[1, 4, 16]")
            .set("training.mini-batch", "31");
    Watch watch = new Watch();
    CompletableFuture<Outcome> outcome = run.start(watch, new StopSignal());
    WebUi web = new WebUi(watch.webInterface());
    String job = web.job();
    watch.awaitStep(HELD, outcome);

    HttpResponse<String> index = web.page("/");
    assertThat(index.statusCode()).isEqualTo(200);
    assertThat(index.body()).contains("<title>Apache Flink Web Dashboard</title>");
    assertThat(names(web, job))
        .containsExactlyInAnyOrder(
            "Source: mini-batches",
            "dispatch",
            "aggregate 1",
            "aggregate root",
            "parameter server",
            "curve: Writer",
            "model: Writer",
            "dead letters: Writer");
    Watch.until("the first steps' metrics", () -> is(web.metric(job, "step"), HELD));
    Watch.until("a slot in flight at a task", () -> is(web.metric(job, "inFlight"), 1));
    double loss = web.metric(job, "loss").orElseThrow();
    assertThat(loss).isBetween(0.1, 3.0);
    assertThat(web.metric(job, "accuracy").orElseThrow()).isBetween(0.0, 1.0);

    function.release(HELD);
    Watch.until("later metrics", () -> is(web.metric(job, "step"), HELD + 10));
    assertThat(web.metric(job, "loss").orElseThrow()).isNotEqualTo(loss);
    function.release(HELD + 10);

    assertThat(outcome.get().ending()).isEqualTo(Outcome.Ending.FINISHED);
    // 8,000 rows by 496, rounded up, for 2 epochs
    assertThat(outcome.get().summary().steps()).isEqualTo(34);
    assertThat(outcome.get().summary().examples()).isEqualTo(16_000);
  }

  private static boolean is(OptionalDouble metric, double expected) {
    return metric.isPresent() && metric.getAsDouble() == expected;
  }

  /** The names of the operators, by vertex and chain. */
  private static List<String> names(WebUi web, String job) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode vertex : web.vertices(job)) {
      names.addAll(List.of(vertex.path("name").asText().split(" -> |, |[()]")));
    }
    names.removeIf(String::isBlank);
    return names;
  }

  @Test
  void theSameTreeGivesTheSameModelHoweverManyTasksAndWorkers() throws Exception {
    SmallRun one = tree("one").flink("parallelism.default", "1").set("workers.concurrency", "1");
    SmallRun more = tree("more").flink("parallelism.default", "4").set("workers.concurrency", "3");

    one.train();
    more.train();

    assertThat(one.bits()).isEqualTo(more.bits());
  }

  private SmallRun tree(String name) {
    return new SmallRun(root.resolve(name))
        .inProcess()
        .set("workers.count", "16")
        .set("aggregation.structure", "[1, 4, 16]")
        .set("training.mini-batch", "31");
  }
}
