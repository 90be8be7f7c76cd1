package dev.drey.job.run;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.stream.Intake;
import dev.drey.job.model.Fingerprint;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.OptimizerFile;
import dev.drey.job.model.Summary;
import dev.drey.job.model.WeightsFile;
import dev.drey.operators.coordination.Progress;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a run ended that saved its model.
 *
 * @param ending why it ended
 * @param summary of the run
 */
public record Outcome(Ending ending, Summary summary) {

  /** Why a run ended. */
  public enum Ending {
    /** All its steps are done. */
    FINISHED,
    /** Its budget is spent. */
    BUDGET_SPENT,
    /** The user stopped it. */
    INTERRUPTED
  }

  /**
   * The outcome of a run whose model is saved.
   *
   * @param last progress
   * @param interrupted whether the user stopped it
   * @throws RunFailedException if its account of examples does not balance
   */
  static Outcome of(Progress last, TrainingLoop loop, PreparedRun run, boolean interrupted)
      throws IOException, RunFailedException {
    ExampleBalance examples = ExampleBalance.of(last, loop.input().examples(last));
    examples.check();
    return new Outcome(ending(last, loop, interrupted), summary(last, examples, loop, run));
  }

  /** A bounded stream may end before the last step that was asked for. */
  private static Ending ending(Progress last, TrainingLoop loop, boolean interrupted) {
    TrainingInput input = loop.input();
    if (last.version() >= input.steps()) {
      return input.endsEarly() ? Ending.BUDGET_SPENT : Ending.FINISHED;
    }
    if (interrupted) {
      return Ending.INTERRUPTED;
    }
    // A step that the budget may not pay is not started, so a little of the budget is left.
    boolean spent = loop.budget().exhausted(last.spent().plus(last.last()).plus(last.evaluation()));
    return input.hasEpochs() || spent ? Ending.BUDGET_SPENT : Ending.FINISHED;
  }

  private static Summary summary(
      Progress last, ExampleBalance examples, TrainingLoop loop, PreparedRun run)
      throws IOException {
    ModelDirectory directory = new ModelDirectory(run.directory());
    NetworkSpec network = run.input().network();
    int moments = run.specification().training().optimizer().moments();
    double seconds = last.millis() / 1000.0;
    Tally spent = last.spent();
    return new Summary(
        run.classifies() ? last.evaluation().accuracy() : Double.NaN,
        last.evaluation().loss(),
        last.version(),
        loop.input().hasEpochs()
            ? (double) last.version() / loop.input().stepsPerEpoch()
            : Double.NaN,
        examples.counted(),
        examples.offered(),
        examples.byReason(),
        examples.putBack(),
        seconds,
        seconds > 0 ? examples.counted() / seconds : 0,
        spent.invocations(),
        spent.coldStarts(),
        spent.billedMillis(),
        loop.budget().spent(spent),
        Fingerprint.of(WeightsFile.read(directory.weights(), network)),
        moments == 0
            ? null
            : Fingerprint.of(OptimizerFile.read(directory.optimizer(), network, moments)),
        partitions(last.intake()));
  }

  private static Map<String, Summary.Partition> partitions(Intake intake) {
    return intake.partitions().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> partition(entry.getValue())));
  }

  private static Summary.Partition partition(Intake.PartitionIntake reach) {
    return new Summary.Partition(
        reach.nextOffset(), reach.trained(), reach.heldOut(), reach.rejected(), reach.lost());
  }
}
