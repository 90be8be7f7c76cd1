package dev.drey.benchmarks.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.benchmarks.measure.Median;
import dev.drey.core.aggregation.Structure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drey bench checkpoints}. */
@Command(
    name = "checkpoints",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what checkpoints cost the loop: with Adam, workers answer at once with a gradient"
          + " that is ready, and runs with and without checkpoints take turns. Overhead is the"
          + " share of the steps per second that is lost; every step counts, not the median one."
    })
public final class CheckpointCommand implements Callable<Integer> {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  @Spec private CommandSpec command;

  @Option(
      names = "--slots",
      defaultValue = "10",
      description = "slots of a step (${DEFAULT-VALUE}), in the rule of thumb's tree")
  private int slots;

  @Option(
      names = "--parameters",
      defaultValue = "1200000",
      description = "parameters of the network (${DEFAULT-VALUE})")
  private int parameters;

  @Option(
      names = "--steps",
      defaultValue = "2000",
      description = "steps of each run that are measured (${DEFAULT-VALUE})")
  private int steps;

  @Option(
      names = "--interval",
      defaultValue = "5",
      description = "seconds between checkpoints (${DEFAULT-VALUE})")
  private int interval;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "how often each side runs (${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (slots < 1 || parameters < 2 || steps < 1 || interval < 1 || rounds < 1) {
      throw new ParameterException(
          command.commandLine(), "--parameters must be at least 2, all others at least 1");
    }
    PrintWriter out = command.commandLine().getOut();
    double[] without = new double[rounds];
    double[] with = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      // The order alternates, so that a drift of the machine's speed favours neither side.
      if (round % 2 == 0) {
        without[round] = stepsPerSecond(LoopRun.NO_CHECKPOINTS);
        with[round] = stepsPerSecond(Duration.ofSeconds(interval));
      } else {
        with[round] = stepsPerSecond(Duration.ofSeconds(interval));
        without[round] = stepsPerSecond(LoopRun.NO_CHECKPOINTS);
      }
      out.printf(
          Locale.ROOT,
          "round %d: %.1f steps/s without checkpoints, %.1f with one every %d s%n",
          round + 1,
          without[round],
          with[round],
          interval);
      out.flush();
    }
    double overhead = 1 - Median.of(with) / Median.of(without);
    out.printf(
        Locale.ROOT,
        "%,d parameters with Adam, %d slots: checkpoints every %d s cost %.1f %% of the steps per"
            + " second%n",
        parameters,
        slots,
        interval,
        overhead * 100);
    if (json) {
      out.println(
          MAPPER.writeValueAsString(
              MAPPER
                  .createObjectNode()
                  .put("parameters", parameters)
                  .put("slots", slots)
                  .put("intervalSeconds", interval)
                  .put("stepsPerSecondWithout", Median.of(without))
                  .put("stepsPerSecondWith", Median.of(with))
                  .put("overhead", overhead)));
    }
    out.flush();
    return 0;
  }

  private double stepsPerSecond(Duration checkpoints) throws Exception {
    double[] millis = LoopRun.millis(parameters, Structure.ruleOfThumb(slots), steps, checkpoints);
    return 1000 * millis.length / Arrays.stream(millis).sum();
  }
}
