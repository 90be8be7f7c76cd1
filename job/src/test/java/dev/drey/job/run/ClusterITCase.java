package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.cluster.StandaloneCluster;
import dev.drey.operators.coordination.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of a real Flink cluster die by kill -9 in the middle of a run: the model is the same.
 */
@Tag("full")
@Timeout(600)
class ClusterITCase {

  private static final int FIRST_CHECKPOINT = 10;
  private static final int LAST_CHECKPOINT = 20;
  private static final int KILL = 28;
  private static final int AFTER = 30;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path root;

  private static StandaloneCluster cluster;
  private static FaultyFunction function;
  private static String bits;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private SmallRun run;

  @BeforeAll
  static void start() throws Exception {
    SmallRun local = new SmallRun(root.resolve("local")).inProcess();
    local.train();
    bits = local.bits();
    function = FaultyFunction.open();
    cluster = StandaloneCluster.start(root.resolve("cluster"));
  }

  @AfterAll
  static void noProcessIsLeft() throws Exception {
    cluster.close();
    function.close();
    Leftovers.assertNone();
  }

  @BeforeEach
  void makeRun() {
    run = new SmallRun(directory.resolve("run"));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    List<ProcessHandle> alive = Leftovers.workers(ProcessHandle.current());
    assertThat(alive).containsExactlyInAnyOrderElementsOf(cluster.processes());
    assertThat(Leftovers.exchanges(ProcessHandle.current().pid())).isEmpty();
    // Flink tidies up after it has reported the job's end.
    for (Path flinks : List.of(run.directory().resolve("checkpoints"), cluster.recoveryFiles())) {
      Watch.until("no file in " + flinks, () -> hasNoFile(flinks));
    }
  }

  private static boolean hasNoFile(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.noneMatch(Files::isRegularFile);
    } catch (UncheckedIOException e) {
      return false; // deleted while it was looked at
    }
  }

  @Test
  void aCalmRunGivesTheSameModelAsInOneProcess() throws Exception {
    try (ClusterRun onCluster = ClusterRun.submit(run.prepared(), function.home(), cluster)) {
      assertEachExampleCounted(onCluster.result());
      assertThat(onCluster.restores()).isZero();
    }
    assertThat(run.bits()).isEqualTo(bits);
  }

  @Test
  void aKilledTaskManagerDoesNotChangeTheModel() throws Exception {
    killInTheMiddle(
        "TaskManager",
        onCluster -> {
          String host = onCluster.host("aggregate root");
          assertThat(onCluster.hosts("dispatch")).hasSize(2).contains(host);
          cluster.killTaskManager(host);
          cluster.startTaskManager();
        });
  }

  @Test
  void aKilledJobManagerDoesNotChangeTheModel() throws Exception {
    killInTheMiddle(
        "JobManager",
        onCluster -> {
          cluster.killJobManager();
          cluster.startJobManager();
        });
  }

  /**
   * Kills with all workers busy, two checkpoints taken and steps done since. The workers' answers
   * come when what waits for them is dead, or has nobody to report to.
   */
  private void killInTheMiddle(String victim, Kill kill) throws Exception {
    function.hold(FIRST_CHECKPOINT).hold(LAST_CHECKPOINT).hold(KILL).hold(AFTER);
    try (ClusterRun onCluster = ClusterRun.submit(run.prepared(), function.home(), cluster)) {
      onCluster.awaitVersion(FIRST_CHECKPOINT);
      onCluster.checkpoint();
      function.release(FIRST_CHECKPOINT);
      onCluster.awaitVersion(LAST_CHECKPOINT);
      long checkpoint = onCluster.checkpoint();
      function.release(LAST_CHECKPOINT);
      onCluster.awaitVersion(KILL);

      long killed = System.nanoTime();
      kill.in(onCluster);
      function.release(KILL);
      Watch.until("the restored job", () -> onCluster.restored() >= 0);
      double restored = secondsSince(killed);
      assertThat(onCluster.restored()).isEqualTo(checkpoint);
      onCluster.awaitVersion(AFTER);
      double recovered = secondsSince(killed);
      function.release(AFTER);

      assertEachExampleCounted(onCluster.result());
      assertThat(onCluster.restores()).isEqualTo(1);
      System.out.printf(
          "%s killed: job restored after %.1f s, new steps after %.1f s, steps redone: %d%n",
          victim, restored, recovered, KILL - LAST_CHECKPOINT);
    }
    assertThat(run.bits()).isEqualTo(bits);
    cluster.awaitTaskManagers(2);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private void assertEachExampleCounted(Progress last) throws IOException {
    assertThat(last.version()).isEqualTo(SmallRun.STEPS);
    assertThat(last.totals().examples()).isEqualTo(16_000);
    Curve curve = Curve.read(run.directory().resolve("curve.csv"));
    assertThat(curve.column("step"))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, SmallRun.STEPS).mapToObj(i -> (double) i).toList());
    assertThat(curve.last("examples")).isEqualTo(16_000);
    assertThat(Curve.read(run.directory().resolve("evaluations.csv")).column("step"))
        .containsExactly(16.0, 32.0);
  }

  private interface Kill {
    void in(ClusterRun run) throws Exception;
  }
}
