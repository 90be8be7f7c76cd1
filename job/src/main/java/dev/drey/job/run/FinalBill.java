package dev.drey.job.run;

import dev.drey.core.aggregation.Tally;
import dev.drey.operators.coordination.BillFile;
import dev.drey.operators.coordination.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bill in a run's directory: it has costs that neither checkpoints nor reports have. */
final class FinalBill {

  private final Path file;

  /**
   * @param run the run's directory
   */
  FinalBill(Path run) {
    this.file = run.resolve(TrainingLoop.BILL);
  }

  /** Adds what came after the last report; nothing if there is no bill. */
  Progress complete(Progress last) throws IOException {
    Tally spent = BillFile.read(file).spent();
    Tally extra = last.extraCost();
    Tally totals = last.totals();
    return last.withExtraCost(
        new Tally(
            0,
            0,
            0,
            Math.max(extra.invocations(), spent.invocations() - totals.invocations()),
            Math.max(extra.coldStarts(), spent.coldStarts() - totals.coldStarts()),
            Math.max(extra.billedMillis(), spent.billedMillis() - totals.billedMillis())));
  }

  /** Deletes it: the summary has it, or a new run starts. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
