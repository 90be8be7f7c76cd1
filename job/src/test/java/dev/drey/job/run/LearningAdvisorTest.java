package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Profile;
import dev.drey.job.metric.StepAccount;
import dev.drey.job.plan.LoopLearner;
import dev.drey.job.plan.Measurement;
import dev.drey.job.plan.Measurements;
import dev.drey.operators.coordination.StepTimes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningAdvisorTest {

  private static final Structure FLAT = Structure.of(1, 100);
  private static final StepTimes NONE = new StepTimes(1, 0, 0, 0);

  @TempDir private Path directory;
  private final AtomicInteger questions = new AtomicInteger();
  private final LearningAdvisor advisor =
      new LearningAdvisor(
          new LoopLearner(Profile.LOCAL, 4_000, new OnTasks(2, 1), 100),
          new StepAccount.Shape(100, 1, 0),
          new LearningAdvisor.Slot(1e6, 1769));
  private HttpServer server;

  /** Has no metrics. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          questions.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void observe(StepTimes times, long stepsLeft) {
    advisor.advise(
        new LoopObservation(
            FLAT,
            times.steps(),
            stepsLeft,
            times,
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            "a",
            directory));
  }

  private List<Measurement> measured() throws Exception {
    return Measurements.read(directory.resolve(LearningAdvisor.MEASUREMENTS)).get(0).rows();
  }

  @Test
  void theMeanOfAllStepsIsLearnt() throws Exception {
    StepTimes first = NONE.and(0.1).and(0.2);

    observe(first, 100);
    observe(first.and(0.3).and(0.4), 98);

    assertThat(measured())
        .singleElement()
        .satisfies(row -> assertThat(row.seconds()).isCloseTo(0.25, within(1e-9)));
  }

  @Test
  void stepsThatTakeAboutAsLongAsTheIntervalAreLearntTwoByTwo() throws Exception {
    StepTimes times = NONE;
    for (int i = 1; i <= 5; i++) {
      times = times.and(i);
      observe(times, 100 - i);
    }

    // The fifth is left for the next.
    assertThat(measured()).containsExactly(new Measurement(FLAT, 2.5));
  }

  @Test
  void aSingleStepTeachesNothing() {
    observe(NONE.and(1), 100);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void atTheEndOfAJobWithoutAnEarlierSampleNoneIsTaken() throws Exception {
    observe(NONE.and(1).and(1), 0);

    assertThat(questions).hasValue(0);
    assertThat(measured()).hasSize(1);

    observe(NONE.and(1).and(1).and(1).and(1), 100);

    assertThat(questions).hasPositiveValue();
  }
}
