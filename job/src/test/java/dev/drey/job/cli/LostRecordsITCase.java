package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.connectors.kafka.TestingBroker;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.run.LocalTraining;
import dev.drey.job.run.SmallRun;
import dev.drey.job.run.StreamRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run on a stream is killed, and its topic is not as it was when it resumes. */
@Timeout(600)
class LostRecordsITCase {

  private static final int READ = 1000;
  private static final int LOST = 300;
  private static final int MORE = 500;
  private static final int STEPS = (READ + MORE - LOST) / StreamRun.STEP;

  @TempDir private Path directory;

  /** A run that has read all records, and was killed after the checkpoint behind them. */
  private void killedRun() throws Exception {
    try (Program program =
        Program.start(directory, List.of("train", "flights.yaml", "--out", "run"))) {
      program.awaitSteps("run", READ / StreamRun.STEP);
      CheckpointIndex index = new CheckpointIndex(directory.resolve("run"));
      for (int i = 0; i < 2; i++) { // the first may have begun before the last step
        var before = index.newest();
        program.awaitAlive("a checkpoint", () -> !index.newest().equals(before));
      }
      program.kill();
    }
  }

  private static int resume(TestingShell shell, String run, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "flights.yaml", "--resume", run));
    arguments.addAll(List.of("--set", "training.steps=" + STEPS));
    arguments.addAll(List.of(more));
    return Drey.run(
        new LocalTraining(SmallRun.HOME),
        exchange -> null,
        shell.shell(),
        arguments.toArray(new String[0]));
  }

  @Test
  void recordsThatAreGoneEndTheRunOrAreInItsAccountAndAnotherTopicIsRefused() throws Exception {
    try (TestingBroker broker = new TestingBroker()) {
      broker.create("flights", 1);
      Path file = directory.resolve("flights.yaml");
      StreamRun.specification(file, broker, "flights", "{}");
      Files.writeString(file, Files.readString(file).replace("end: latest", "end: none"));
      broker.sendAll("flights", 0, StreamRun.records(0, READ));
      killedRun();
      FileUtils.copy(
          new org.apache.flink.core.fs.Path(directory.resolve("run").toUri()),
          new org.apache.flink.core.fs.Path(directory.resolve("copy").toUri()),
          false);
      broker.sendAll("flights", 0, StreamRun.records(READ, MORE));
      broker.deleteRecords("flights", 0, READ + LOST);

      TestingShell failing = new TestingShell(directory, Clock.systemUTC());
      assertThat(resume(failing, "run")).isEqualTo(ExitCode.FAILED);
      assertThat(failing.err())
          .contains(
              "drey: the run failed: topic flights, partition 0: the run continues at offset 1000,"
                  + " the partition has offsets 1300 to 1500: 300 offsets were deleted before the"
                  + " run read them.")
          .contains("data.kafka.lost-offsets: count")
          .contains("--resume run");

      TestingShell counting = new TestingShell(directory, Clock.systemUTC());
      assertThat(resume(counting, "run", "--set", "data.kafka.lost-offsets=count"))
          .as(counting.err())
          .isZero();
      assertThat(counting.out())
          .contains("flights-0: 300 records so far were deleted before the run read them")
          .contains("; 300 records lost; model in run");
      JsonNode partition = Program.summary(directory.resolve("run")).at("/partitions/flights-0");
      assertThat(partition.path("lost").longValue()).isEqualTo(LOST);
      assertThat(partition.path("trained").longValue()).isEqualTo(READ + MORE - LOST);
      assertThat(partition.path("nextOffset").longValue()).isEqualTo(READ + MORE);

      broker.delete("flights");
      broker.create("flights", 1);
      broker.sendAll("flights", 0, StreamRun.records(0, READ + MORE));
      TestingShell replaced = new TestingShell(directory, Clock.systemUTC());
      assertThat(resume(replaced, "copy", "--set", "data.kafka.lost-offsets=count"))
          .isEqualTo(ExitCode.FAILED);
      assertThat(replaced.err())
          .contains("drey: the run failed: topic flights has the id ")
          .contains("it was deleted and created again");
    }
  }
}
