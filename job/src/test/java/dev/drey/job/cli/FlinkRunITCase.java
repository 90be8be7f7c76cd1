package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cluster.ClusterFile;
import dev.drey.job.cluster.Probe;
import dev.drey.job.run.FaultyFunction;
import dev.drey.job.run.SmallRun;
import dev.drey.job.run.Watch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The job jar, submitted by Flink's own command to the cluster of {@code drey cluster up}. */
@Tag("full")
@Timeout(600)
class FlinkRunITCase {

  private static final int STOP = 10;
  private static final int KILL = 24;
  private static final int PATIENCE_SECONDS = 300;
  private static final Pattern SAVEPOINT = Pattern.compile("file:\\S*/savepoint-[-0-9a-f]+");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private FaultyFunction function;
  private Path run;

  @BeforeEach
  void layOut() throws Exception {
    function = FaultyFunction.open();
    Path deploy = function.home().resolve("deploy");
    Files.deleteIfExists(deploy);
    Files.createSymbolicLink(deploy, SmallRun.HOME.resolve("deploy"));
    run = directory.resolve("run");
    SmallRun.specification(directory.resolve("small.yaml"));
  }

  @AfterEach
  void endWhatIsLeft() throws Exception {
    ClusterFile.read(cluster())
        .flatMap(file -> file.supervisor().alive())
        .ifPresent(ProcessHandle::destroyForcibly);
    function.close();
  }

  private Path cluster() {
    return directory.resolve("drey-cluster");
  }

  /** Runs {@code drey}; returns what it said. */
  private List<String> drey(int code, String... arguments) throws Exception {
    try (Program program = Program.start(directory, function.home(), List.of(arguments))) {
      assertThat(program.code()).as(program.said().toString()).isEqualTo(code);
      return program.said();
    }
  }

  private ClusterFile up() throws Exception {
    drey(
        ExitCode.DONE,
        "cluster",
        "up",
        "--web-port=" + SubmittedJobs.freePort(),
        "--kafka-port=" + SubmittedJobs.freePort(),
        "--lambda-port=" + SubmittedJobs.freePort(),
        "--workers=2",
        "--files=" + directory,
        "--files=" + SmallRun.HOME.resolve("examples"),
        "-Dheartbeat.interval=1s",
        "-Dheartbeat.timeout=5s");
    return ClusterFile.read(cluster()).orElseThrow();
  }

  private static String savepoint(String said) {
    Matcher matcher = SAVEPOINT.matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return matcher.group();
  }

  private void awaitSteps(long steps) throws Exception {
    Path curve = run.resolve("curve.csv");
    Watch.until(
        "step " + steps, () -> Files.exists(curve) && Files.readAllLines(curve).size() > steps);
  }

  @Test
  void aRunIsStoppedGoesOnAtAnotherParallelismLosesATaskManagerAndEndsInTheSameBits()
      throws Exception {
    ClusterFile cluster = up();
    assertThat(drey(ExitCode.DONE, "cluster", "status")).anyMatch(line -> line.contains("kafka"));
    assertThat(up().supervisor()).isEqualTo(cluster.supervisor()); // nothing is started twice

    SubmittedJobs jobs = new SubmittedJobs(directory, cluster(), cluster);
    function.hold(STOP).hold(KILL);
    String first =
        SubmittedJobs.job(jobs.flink(jobs.submission(run, List.of("-d", "-p", "2"), List.of())));
    awaitSteps(1); // the workers start
    awaitSteps(STOP);
    String place = directory.resolve("s").toUri().toString();
    String savepoint = savepoint(jobs.flink(List.of("stop", "--savepointPath", place, first)));
    function.release(STOP);

    Path out = Files.createTempFile(directory, "attached", ".txt");
    Process attached =
        jobs.start(out, jobs.submission(run, List.of("-p", "1", "-s", savepoint), List.of()));
    try {
      awaitSteps(KILL);
      String second = SubmittedJobs.job(Files.readString(out));
      killTheHost(jobs, second);
      function.release(KILL);
      assertThat(attached.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(attached.exitValue()).as(Files.readString(out)).isZero();
      assertThat(jobs.checkpoints(second, "restored")).isEqualTo(2);
    } finally {
      attached.destroyForcibly();
    }

    assertThat(Files.readString(out)).contains("after 32 steps").contains("model in " + run);
    assertEachExampleCounted();
    SmallRun local = new SmallRun(directory.resolve("local")).set("workers.reproducible", "true");
    local.train();
    assertThat(new SmallRun(run).bits()).isEqualTo(local.bits());
    assertAllOfItEnds();
  }

  private static void killTheHost(SubmittedJobs jobs, String job) throws Exception {
    Watch.until("a checkpoint", () -> jobs.checkpoints(job, "completed") > 0);
    String host = jobs.hosts(job, "parameter server").get(0);
    jobs.file().processes().get(host).alive().orElseThrow().destroyForcibly();
    Watch.until("the job runs again", () -> jobs.checkpoints(job, "restored") == 2);
  }

  private void assertEachExampleCounted() throws IOException {
    JsonNode summary = Program.summary(run);
    assertThat(summary.path("examples").asLong()).isEqualTo(16_000);
    assertThat(summary.path("offered").asLong()).isEqualTo(16_000);
    assertThat(Files.readAllLines(run.resolve("curve.csv")).stream().skip(1))
        .extracting(line -> Integer.parseInt(line.substring(0, line.indexOf(','))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, SmallRun.STEPS).boxed().toList());
    assertThat(run.resolve("exchange")).doesNotExist();
  }

  /** The killed TaskManager is there again; then everything goes. */
  private void assertAllOfItEnds() throws Exception {
    ClusterFile cluster = ClusterFile.read(cluster()).orElseThrow();
    Watch.until("both TaskManagers", () -> Probe.taskManagers(URI.create(cluster.web())) == 2);
    ProcessHandle keeper = cluster.supervisor().alive().orElseThrow();
    List<ProcessHandle> all = Stream.concat(Stream.of(keeper), keeper.descendants()).toList();
    assertThat(all).hasSizeGreaterThanOrEqualTo(5);

    drey(ExitCode.DONE, "cluster", "down");

    assertThat(all).noneMatch(ProcessHandle::isAlive);
    assertThat(drey(ExitCode.FAILED, "cluster", "status"))
        .anyMatch(line -> line.startsWith("no cluster is up"));
  }
}
