package dev.drey.job.cluster;

import dev.drey.connectors.lambda.local.LocalLambda;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;

/**
 * Starts and supervises a cluster: a JobManager, two TaskManagers and a Kafka broker as processes
 * that end with this process, and the Lambda service with its workers in this process. Restarts
 * processes that die. Thread-safe.
 */
public final class ClusterSupervisor implements AutoCloseable {

  private static final int USUAL_WEB = 8081;
  private static final int USUAL_KAFKA = 9092;

  /** The number of TaskManagers. */
  public static final int TASK_MANAGERS = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration BEFORE_RESTART = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ClusterSettings settings;
  private final PrintStream log;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Process> processes = new LinkedHashMap<>();
  private final LocalLambda lambda;
  private final KafkaNode kafka;
  private final URI web;
  private final List<String> prometheus = new ArrayList<>();
  private boolean up;
  private boolean closed;

  /** Starts a process of the cluster. */
  @FunctionalInterface
  private interface Node {
    Process start() throws IOException;
  }

  private ClusterSupervisor(ClusterSettings settings, PrintStream log)
      throws IOException, InterruptedException {
    this.settings = settings;
    this.log = log;
    Path root = settings.directory();
    int webPort = FreePort.of(settings.ports().web(), USUAL_WEB);
    this.web = URI.create("http://127.0.0.1:" + webPort);
    FlinkNodes flink =
        new FlinkNodes(
            root,
            configuration(root, webPort),
            JavaProcess.jars(settings.home().resolve("deploy/cluster/flink/target/lib")),
            List.of(
                LoopbackHttp.EXPORT,
                "-Dcom.sun.net.httpserver.HttpServerProvider=" + LoopbackHttp.class.getName()));
    flink.prepare();
    FlinkLauncher.write(root, flink.classPath());
    this.kafka =
        KafkaNode.of(settings.home(), root, FreePort.of(settings.ports().kafka(), USUAL_KAFKA));
    kafka.prepare();
    nodes.put("kafka", kafka::start);
    nodes.put("jobmanager", node(flink::jobManager, "jobmanager"));
    for (int i = 1; i <= TASK_MANAGERS; i++) {
      nodes.put("taskmanager-" + i, node(flink::taskManager, "taskmanager-" + i));
    }
    this.lambda =
        LocalLambda.open(
            ClusterFunction.of(settings)); // last, since a later failure would leave it open
  }

  @FunctionalInterface
  private interface FlinkNode {
    Process start(String id, List<String> options) throws IOException;
  }

  /** A Flink process with a port for its metrics. */
  private Node node(FlinkNode node, String id) throws IOException {
    int port = FreePort.any();
    prometheus.add("http://127.0.0.1:" + port + "/metrics");
    return () -> node.start(id, List.of("metrics.reporter.prometheus.port=" + port));
  }

  private Configuration configuration(Path root, int webPort)
      throws IOException, InterruptedException {
    Configuration configuration = ClusterConfiguration.of(root, webPort, FreePort.any());
    configuration.addAll(Configuration.fromMap(settings.flinkOptions()));
    return configuration;
  }

  /**
   * Starts a cluster, and waits until it is up. If that fails, all its processes are stopped.
   *
   * @param log receives a line for each restart of a process
   */
  public static ClusterSupervisor open(ClusterSettings settings, PrintStream log)
      throws IOException, InterruptedException {
    ClusterSupervisor supervisor = new ClusterSupervisor(settings, log);
    try {
      supervisor.startAll();
      return supervisor;
    } catch (IOException | InterruptedException | RuntimeException e) {
      supervisor.close();
      throw e;
    }
  }

  private void startAll() throws IOException, InterruptedException {
    for (String name : nodes.keySet()) {
      start(name);
    }
    await("Kafka at " + kafka.address(), () -> Probe.listens(kafka.port()));
    await(
        TASK_MANAGERS + " TaskManagers at " + web, () -> Probe.taskManagers(web) == TASK_MANAGERS);
    synchronized (this) {
      up = true;
      write();
    }
  }

  private synchronized void start(String name) throws IOException {
    if (closed) {
      return;
    }
    Process process = nodes.get(name).start();
    processes.put(name, process);
    if (up) {
      write();
    }
    var unused =
        process
            .onExit()
            .thenRunAsync(
                () -> ended(name),
                CompletableFuture.delayedExecutor(
                    BEFORE_RESTART.toMillis(), TimeUnit.MILLISECONDS));
  }

  private synchronized void ended(String name) {
    if (closed || !up) {
      return;
    }
    log.println(LocalDateTime.now(ZoneId.systemDefault()) + " " + name + " ended and is restarted");
    try {
      start(name);
    } catch (IOException e) {
      log.println(name + " cannot be restarted: " + e);
    }
  }

  private void write() throws IOException {
    file().write(settings.directory());
  }

  /** The running cluster. */
  public synchronized ClusterFile file() {
    Map<String, ClusterFile.Pid> pids = new LinkedHashMap<>();
    processes.forEach((name, process) -> pids.put(name, ClusterFile.Pid.of(process.toHandle())));
    return new ClusterFile(
        ClusterFile.Pid.of(ProcessHandle.current()),
        web.toString(),
        kafka.address(),
        lambda.endpoint().toString(),
        prometheus,
        pids);
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private void await(String what, Condition condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      for (Map.Entry<String, Process> process : processes.entrySet()) {
        if (!process.getValue().isAlive()) {
          throw new IOException(
              process.getKey()
                  + " ended during the start of the cluster; see "
                  + settings.directory().resolve("logs/" + process.getKey() + ".log"));
        }
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(what + " did not answer within " + PATIENCE.toSeconds() + " s");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Stops the whole cluster. */
  @Override
  public void close() throws IOException {
    List<Process> all;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      all = List.copyOf(processes.values());
    }
    all.forEach(Process::destroy);
    CompletableFuture<?>[] exits =
        all.stream().map(Process::onExit).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(exits).orTimeout(GRACE.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      all.forEach(Process::destroyForcibly);
    }
    lambda.close();
    Files.deleteIfExists(ClusterFile.in(settings.directory()));
  }
}
