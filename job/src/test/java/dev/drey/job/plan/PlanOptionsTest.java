package dev.drey.job.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.plan.Span;
import dev.drey.job.specification.PlanningSettings;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanOptionsTest {

  @Test
  void optionsAreReadByTheirNames() throws Exception {
    PlanOptions options =
        PlanOptions.of(
            Map.of(
                "--deadline", "90min",
                "--max-workers", "40",
                "--local-steps", "1, 5,20",
                "--tasks", "3",
                "--parameters", "42601"));

    assertThat(options.deadline()).contains(Duration.ofMinutes(90));
    assertThat(options.workers(1000)).isEqualTo(new Span(1, 40));
    assertThat(options.localSteps()).containsExactly(1, 5, 20);
    assertThat(options.tasks()).contains(3);
    assertThat(options.parameters()).contains(42601);
    assertThat(options.aim()).isEmpty();
    assertThat(PlanOptions.of(Map.of("--goal", "time")).aim()).contains(PlanningSettings.Goal.TIME);
    assertThat(PlanOptions.of(Map.of("--budget", "0.5")).budget()).contains(0.5);
    assertThat(PlanOptions.of(Map.of("--workers", "7")).workers(1000)).isEqualTo(Span.only(7));
  }

  @Test
  void nothingIsAskedForByDefault() throws Exception {
    PlanOptions options = PlanOptions.of(Map.of());

    assertThat(options).isEqualTo(PlanOptions.NONE);
    assertThat(options.workers(12)).isEqualTo(new Span(1, 12));
    assertThat(options.localSteps()).containsExactly(1);
    assertThat(options.budget()).isEmpty();
  }

  @Test
  void everyFaultIsTold() {
    assertThat(
            faults(
                Map.of(
                    "--goal", "money",
                    "--budget", "0",
                    "--workers", "-1",
                    "--max-workers", "1e9",
                    "--local-steps", "1,,5",
                    "--tasks", "0",
                    "--parameters", "none")))
        .containsExactlyInAnyOrder(
            "--goal: is \"money\", must be one of ratio, time, cost",
            "--budget: is 0, must be a number of dollars above 0",
            "--budget: is given beside --goal, give one of them",
            "--workers: is -1, must be a whole number from 1 to 100,000",
            "--max-workers: is 1e9, must be a whole number from 1 to 100,000",
            "--max-workers: is given beside --workers, give one of them",
            "--local-steps: is \"1,,5\", must be whole numbers from 1 to 1,000,000, at most 100, as"
                + " 1,5,20",
            "--tasks: is 0, must be a whole number from 1 to 10,000",
            "--parameters: is \"none\", must be a whole number of at least 1");
    assertThat(faults(Map.of("--deadline", "soon")))
        .containsExactly(
            "--deadline: is \"soon\", must be a time in ms, s, min or h from 1 ms to 8760 h");
  }

  private static List<String> faults(Map<String, String> options) {
    try {
      return List.of("read: " + PlanOptions.of(options));
    } catch (SpecificationException e) {
      return e.faults().stream().map(Fault::toString).toList();
    }
  }
}
