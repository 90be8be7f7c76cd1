package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drey.job.access.AccessToken;
import dev.drey.job.access.RawHttp;
import dev.drey.job.cluster.ClusterSettings;
import dev.drey.job.cluster.ClusterSupervisor;
import dev.drey.job.run.Leftovers;
import dev.drey.job.run.SmallRun;
import dev.drey.job.run.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be seen of a run while it goes: its metrics, where Prometheus reads them and as
 * docs/metrics.md and the dashboard have them, and Flink's web UI in a browser. And what whoever
 * sees a cluster cannot do with it.
 */
@Timeout(600)
class WatchingITCase {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path PLAYWRIGHT = SmallRun.HOME.resolve("target/playwright/node_modules");

  /** Where the pictures go; given for those of the README. */
  private static final Path PICTURES =
      Path.of(
          System.getProperty(
              "drey.pictures", SmallRun.HOME.resolve("job/target/web-ui").toString()));

  /** As Prometheus has a metric of an operator: name, then its labels. */
  private static final Pattern SERVED =
      Pattern.compile(
          "^flink_taskmanager_job_task_operator_(\\w+)\\{.*?operator_name=\"([^\"]+)\"",
          Pattern.MULTILINE);

  /** Flink has metrics of its own for sources. */
  private static final String SOURCE = "Source:_mini_batches";

  private static final Pattern QUERIED =
      Pattern.compile(
          "flink_taskmanager_job_task_operator_(\\w+)\\{[^}]*operator_name=\\\\?\"([^\"\\\\]+)");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path directory;

  private static ClusterSupervisor keeper;
  private static Program producer;
  private static String job;

  @BeforeAll
  static void train() throws Exception {
    Path cluster = Files.createDirectory(directory.resolve("cluster"));
    keeper =
        ClusterSupervisor.open(
            new ClusterSettings(
                cluster,
                SmallRun.HOME,
                new ClusterSettings.Ports(
                    SubmittedJobs.freePort(), SubmittedJobs.freePort(), SubmittedJobs.freePort()),
                2,
                1769,
                List.of(directory, SmallRun.HOME.resolve("examples")),
                Map.of("metrics.fetcher.update-interval", "1s", "web.refresh-interval", "1s")),
            System.out);
    writeSpecifications(keeper.file().kafka());
    producer =
        Program.start(
            directory,
            List.of(
                "produce",
                "small.yaml",
                "--rows-of",
                "rows.yaml",
                "--partitions",
                "2",
                "--loop",
                "--rate",
                "1000"));
    producer.awaitAlive("records", () -> producer.said().toString().contains("records to images"));
    SubmittedJobs jobs = new SubmittedJobs(directory, cluster, keeper.file());
    job =
        SubmittedJobs.job(
            jobs.flink(
                jobs.submission(
                    directory.resolve("run"),
                    List.of("-d", "-p", "2"),
                    List.of("budget.dollars=1000"))));
    Watch.until("a checkpoint", () -> jobs.checkpoints(job, "completed") > 0);
    Watch.until(
        "the lag is known",
        () -> served().getOrDefault(SOURCE, Set.of()).contains("pendingRecords"));
  }

  /** That of a stream which goes on for ever, and of the rows that are written to it. */
  private static void writeSpecifications(String servers) throws Exception {
    SmallRun.specification(directory.resolve("rows.yaml"));
    Files.writeString(
        directory.resolve("small.yaml"),
        """
        network:
          layers:
            - dense: {units: 16, activation: relu}
            - dense: {units: 10}
        data:
          kafka: {bootstrap-servers: "%s", topics: images}
          format: {floats: {features: 784, labels: 1}}
          hold-out: {fraction: 0.1}
        training: {mini-batch: 250}
        workers: {count: 2, concurrency: 2}
        """
            .formatted(servers));
  }

  @AfterAll
  static void noProcessIsLeft() throws Exception {
    producer.close();
    keeper.close();
    assertThat(Leftovers.workers(ProcessHandle.current())).isEmpty();
  }

  /** The names of metrics by operator, as Prometheus reads them now. */
  private static Map<String, Set<String>> served() throws Exception {
    Map<String, Set<String>> names = new LinkedHashMap<>();
    for (String address : keeper.file().prometheus()) {
      try (InputStream in = URI.create(address).toURL().openStream()) {
        Matcher matcher = SERVED.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        while (matcher.find()) {
          names.computeIfAbsent(matcher.group(2), o -> new TreeSet<>()).add(matcher.group(1));
        }
      }
    }
    return names;
  }

  /** The names of metrics that docs/metrics.md has below a heading. */
  private static Set<String> documented(String heading) throws Exception {
    Set<String> names = new TreeSet<>();
    boolean below = false;
    for (String line : Files.readAllLines(SmallRun.HOME.resolve("docs/metrics.md"))) {
      if (line.startsWith("## ")) {
        below = line.startsWith("## " + heading);
      } else if (below && line.startsWith("| `")) {
        Matcher matcher = Pattern.compile("`(\\w+)`").matcher(line.split("\\|", 3)[1]);
        while (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    }
    return names;
  }

  @Test
  void thePageHasTheMetricsThatARunServes() throws Exception {
    Map<String, Set<String>> served = served();
    Set<String> flinks = new HashSet<>(served.get("dispatch"));
    Set<String> ofSource = served.remove(SOURCE);
    served.values().forEach(flinks::retainAll);
    assertThat(ofSource).containsAll(documented("mini-batches"));
    Map.of(
            "dispatch", "dispatch",
            "combine", "aggregate 1",
            "aggregate_root", "aggregate 2",
            "parameter_server", "parameter server")
        .forEach(
            (operator, heading) -> {
              Set<String> ours = new TreeSet<>(served.get(operator));
              ours.removeAll(flinks);
              try {
                assertThat(documented(heading)).as(operator).containsExactlyElementsOf(ours);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
  }

  @Test
  void everyQueryOfTheDashboardAsksForSomethingThatIsServed() throws Exception {
    String dashboard = Files.readString(SmallRun.HOME.resolve("deploy/grafana/drey.json"));
    Map<String, Set<String>> served = served();
    Matcher query = QUERIED.matcher(dashboard);
    int queries = 0;
    while (query.find()) {
      assertThat(served.get(query.group(2))).as(query.group()).contains(query.group(1));
      queries++;
    }
    // None that the pattern does not see.
    assertThat(dashboard.split("flink_", -1)).hasSize(queries + 1);
    assertThat(queries).isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /jars/upload",
        "POST /jars/evil.jar/run",
        "POST /jobs",
        "PATCH /jobs/JOB?mode=cancel",
        "POST /jobs/JOB/savepoints",
        "POST /jobs/JOB/coordinators/any",
        "GET /jobs/JOB/yarn-cancel",
        "GET /jobmanager/config",
        "DELETE /cluster"
      })
  void whoeverSeesTheClusterNeedsItsTokenForMore(String door) throws Exception {
    RawHttp web = new RawHttp(URI.create(keeper.file().web()));
    String method = door.substring(0, door.indexOf(' '));
    String route = door.substring(door.indexOf(' ') + 1).replace("JOB", job);
    Path token = directory.resolve("cluster/conf/token");
    String authorization = "Authorization: " + AccessToken.read(token).authorization();

    assertThat(web.send(method, route).status()).isIn(401, 403);
    assertThat(web.send(method, route, "Host: evil.example", authorization).status())
        .isEqualTo(403);
    assertThat(web.send(method, route, "Origin: http://evil.example", authorization).status())
        .isEqualTo(403);

    assertThat(web.send("GET", "/jobs/" + job).body()).contains("\"state\":\"RUNNING\"");
    assertThat(web.send("GET", "/jobmanager/config", authorization).status()).isEqualTo(200);
  }

  @Test
  void onlyTheOwnerOfTheClusterReadsItsSecrets() throws Exception {
    Path conf = directory.resolve("cluster/conf");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(conf)))
        .isEqualTo("rwx------");
    assertThat(Files.getPosixFilePermissions(directory.resolve("cluster/tmp"))).hasSize(3);
    for (String file : List.of("token", "internal.password")) {
      assertThat(Files.getPosixFilePermissions(conf.resolve(file))).as(file).hasSize(2);
      String secret = Files.readString(conf.resolve(file)).trim();
      for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
        assertThat(process.info().commandLine().orElse("")).doesNotContain(secret);
      }
      try (Stream<Path> logs = Files.list(directory.resolve("cluster/logs"))) {
        for (Path log : logs.toList()) {
          assertThat(Files.readString(log)).as(log.toString()).doesNotContain(secret);
        }
      }
    }
  }

  @Test
  void everyProcessOfTheClusterListensOnLoopbackAlone() throws Exception {
    for (ProcessHandle process : ProcessHandle.current().children().toList()) {
      assertThat(Listening.addresses(process)).allMatch(InetAddress::isLoopbackAddress);
    }
    assertThat(Listening.addresses(ProcessHandle.current())).isNotEmpty();
  }

  /** Flink deserializes what comes to the JobManager's RPC port. */
  @Test
  void theProcessesOfTheClusterTalkToNobodyElse() throws Exception {
    Path conf = directory.resolve("cluster/conf");
    Matcher port =
        Pattern.compile("jobmanager.rpc.port: '(\\d+)'")
            .matcher(Files.readString(conf.resolve("config.yaml")));
    assertThat(port.find()).isTrue();
    int rpc = Integer.parseInt(port.group(1));
    assertThatThrownBy(() -> Handshake.without(rpc)).isInstanceOf(IOException.class);
    Handshake.with(rpc, conf.resolve("internal.p12"), conf.resolve("internal.password"));
  }

  @Test
  void theWebUiShowsTheGraphTheLossAndTheCheckpoints() throws Exception {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isDirectory(PLAYWRIGHT),
        () -> "needs " + CHROMIUM + " and " + PLAYWRIGHT + ", as .ci/run installs them");
    Files.createDirectories(PICTURES);
    Path out = Files.createTempFile(directory, "web-ui", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                "node", "src/test/playwright/web-ui.js", keeper.file().web(), job, "" + PICTURES)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("NODE_PATH", PLAYWRIGHT.toString());
    builder.environment().put("MOVES", System.getProperty("drey.pictures") == null ? "2" : "20");
    builder.environment().put("CHROMIUM", CHROMIUM.toString());
    Process node = builder.start();
    try {
      assertThat(node.waitFor(200, TimeUnit.SECONDS)).as(Files.readString(out)).isTrue();
      assertThat(node.exitValue()).as(Files.readString(out)).isZero();
    } finally {
      node.descendants().forEach(ProcessHandle::destroyForcibly);
      node.destroyForcibly().waitFor();
    }
    System.out.print(Files.readString(out));
  }
}
