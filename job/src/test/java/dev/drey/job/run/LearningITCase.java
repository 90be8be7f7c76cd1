package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.Transfer;
import dev.drey.core.plan.TreeConstants;
import dev.drey.job.plan.MeasuredCase;
import dev.drey.job.plan.Measurements;
import dev.drey.job.plan.ProfileFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run learns of itself, from its own metrics in a Flink cluster. */
class LearningITCase {

  @TempDir private Path directory;

  @Test
  void aRunLeavesWhatItMeasuredAndAProfileThatPlansTheNext() throws Exception {
    SmallRun run =
        new SmallRun(directory.resolve("run"))
            .inProcess()
            .set("training.epochs", "100")
            .set("checkpoints.interval", "300 ms")
            .flink("metrics.fetcher.update-interval", "100");

    Outcome outcome = run.train();

    List<MeasuredCase> measured = Measurements.read(run.directory().resolve("measurements.csv"));
    assertThat(measured).hasSize(1);
    assertThat(measured.get(0).placement()).isEqualTo(new OnTasks(LocalTraining.parallelism(), 1));
    assertThat(measured.get(0).parameters()).isEqualTo(784 * 16 + 16 + 16 * 10 + 10);
    assertThat(measured.get(0).rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.structure()).isEqualTo(Structure.of(1, 2));
              // A step is a part of the run, which had evaluations and a start as well.
              assertThat(row.seconds())
                  .isBetween(1e-6, outcome.summary().seconds() / outcome.summary().steps());
            });
    Profile learnt = ProfileFile.read(run.directory().resolve("profile.json"));
    assertThat(learnt.source()).isEqualTo("learnt by the run in run");
    // A gradient of 0.02 GFLOP takes less than the profile's own time of a request: what the
    // metrics tell of the base is learnt.
    assertThat(learnt.base()).isNotEqualTo(Profile.LOCAL.base());

    SmallRun next =
        new SmallRun(directory.resolve("next"))
            .inProcess()
            .set("planning.profile", run.directory().resolve("profile.json").toString())
            .set("aggregation.structure", "auto");
    assertThat(next.train().ending()).isEqualTo(Outcome.Ending.FINISHED);
    List<String> curve = Files.readAllLines(next.directory().resolve("curve.csv"));
    assertThat(curve.get(0)).endsWith(",structure,predicted_seconds");
    assertThat(Double.parseDouble(curve.get(1).substring(curve.get(1).lastIndexOf(',') + 1)))
        .isPositive();
  }

  /** Whether the structure changes as well is for the clock to say, and for LoopLearnerTest. */
  @Test
  void aProfileThatIsWrongByFarIsFoundOut() throws Exception {
    // By it a message costs a second and a hop nothing.
    Profile wrong = Profile.LOCAL.withTree(new TreeConstants(1, 1e6, Transfer.fixed(0)));
    Path profile = directory.resolve("wrong.json");
    Files.writeString(profile, ProfileFile.write(wrong).toString());
    SmallRun run =
        new SmallRun(directory.resolve("run"))
            .inProcess()
            .set("workers.count", "64")
            .set("training.mini-batch", "5")
            .set("training.epochs", "6")
            .set("checkpoints.interval", "500 ms")
            .flink("metrics.fetcher.update-interval", "100")
            .set("planning.profile", profile.toString())
            .set("aggregation.structure", "auto")
            .set("aggregation.planned", "[1, 2, 8, 32, 64]");

    Outcome outcome = run.train();

    assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FINISHED);
    Profile learnt = ProfileFile.read(run.directory().resolve("profile.json"));
    // A run whose steps take milliseconds has no messages of a second.
    assertThat(learnt.tree().perMessage()).isLessThan(0.1);
  }
}
