package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.model.Summary;
import dev.drey.job.run.Outcome;
import dev.drey.job.run.Outcome.Ending;
import dev.drey.job.specification.workers.WorkerRuntime;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastLineTest {

  private static final Path RUN = Path.of("runs/fashion-mlp-1");

  private static Summary summary(double accuracy, double loss, double dollars) {
    return new Summary(
        accuracy, loss, 630, 10, 80_000, 80_000, Map.of(), 0, 21.43, 3733, 1260, 2, 15_000, dollars,
        "ab12", null, Map.of());
  }

  @Test
  void aFinishedRunTellsAccuracyStepsTimeInvocationsCostAndPlace() {
    assertThat(
            LastLine.of(
                new Outcome(Ending.FINISHED, summary(0.8531, 0.4, 0.0123)),
                WorkerRuntime.LOCAL,
                RUN))
        .isEqualTo(
            "test accuracy 0.853 after 630 steps in 21.4 s: 1,260 invocations, would have cost"
                + " $0.0123 on AWS Lambda; model in runs/fashion-mlp-1");
  }

  @Test
  void whatWasDroppedIsTold() {
    Map<String, Long> dropped = new LinkedHashMap<>();
    dropped.put("late", 1020L);
    dropped.put("faulty", 0L);
    dropped.put("not-finite", 10L);
    Summary summary =
        new Summary(
            0.8, 0.4, 630, 10, 80_000, 81_030, dropped, 1000, 21.4, 0, 5, 2, 15_000, 0, "ab12",
            null, Map.of());

    assertThat(LastLine.of(new Outcome(Ending.FINISHED, summary), WorkerRuntime.LOCAL, RUN))
        .contains("Lambda; 1,030 examples dropped (1,020 late, 10 not-finite), 1,000 put back;");
  }

  @Test
  void lostRecordsOfAllPartitionsAreCounted() {
    Summary summary =
        new Summary(
            0.8,
            0.4,
            630,
            Double.NaN,
            80_000,
            80_000,
            Map.of(),
            0,
            21.4,
            0,
            5,
            2,
            15_000,
            0,
            "ab12",
            null,
            Map.of(
                "flights-0", new Summary.Partition(50_000, 49_000, 0, 0, 1_000),
                "flights-1", new Summary.Partition(31_200, 31_000, 0, 0, 200)));

    assertThat(LastLine.of(new Outcome(Ending.FINISHED, summary), WorkerRuntime.LOCAL, RUN))
        .contains("Lambda; 1,200 records lost; model in");
  }

  @Test
  void whatAwsRanDidCost() {
    assertThat(
            LastLine.of(
                new Outcome(Ending.BUDGET_SPENT, summary(Double.NaN, 0.4, 0.00001)),
                WorkerRuntime.AWS,
                RUN))
        .isEqualTo(
            "budget spent: test loss 0.4000 after 630 steps in 21.4 s: 1,260 invocations, cost less"
                + " than $0.0001 on AWS Lambda; model in runs/fashion-mlp-1");
  }

  @Test
  void aRunWithoutTestDataTellsNone() {
    assertThat(
            LastLine.of(
                new Outcome(Ending.INTERRUPTED, summary(Double.NaN, Double.NaN, 0)),
                WorkerRuntime.LOCAL,
                RUN))
        .startsWith("interrupted: trained after 630 steps in 21.4 s");
  }
}
