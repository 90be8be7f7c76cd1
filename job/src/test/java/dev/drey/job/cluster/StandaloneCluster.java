package dev.drey.job.cluster;

import dev.drey.job.flink.LocalFlink;
import dev.drey.job.run.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * Flink as its users run it: a JobManager and TaskManagers with two slots each, each in its own
 * process, started like Flink's scripts start them, with leader election through ZooKeeper. The
 * class path is the test's. All processes use loopback and free ports. All files are below one
 * directory; {@code logs} has the output of each process.
 */
public final class StandaloneCluster implements AutoCloseable {

  private static final int SLOTS = 2;

  private final Path root;
  private final ZooKeeper zooKeeper;
  private final FlinkNodes nodes;
  private final RestClusterClient<String> client;
  private final Map<String, Process> taskManagers = new HashMap<>();
  private final List<Process> jobManagers = new ArrayList<>();
  private int started;

  private StandaloneCluster(Path root, ZooKeeper zooKeeper) throws Exception {
    this.root = root;
    this.zooKeeper = zooKeeper;
    Configuration configuration = configuration(root, zooKeeper.address());
    this.nodes =
        new FlinkNodes(
            root,
            configuration,
            System.getProperty("java.class.path"),
            List.of("-XX:TieredStopAtLevel=1"));
    this.client = new RestClusterClient<>(configuration, "test");
  }

  /**
   * Starts a JobManager and two TaskManagers, and waits until these are registered.
   *
   * @param root an empty directory
   */
  public static StandaloneCluster start(Path root) throws Exception {
    ZooKeeper zooKeeper = ZooKeeper.start(Files.createDirectories(root.resolve("zookeeper")));
    StandaloneCluster cluster = null;
    try {
      cluster = new StandaloneCluster(root, zooKeeper);
      cluster.nodes.prepare();
      cluster.startJobManager();
      cluster.startTaskManager();
      cluster.startTaskManager();
      cluster.awaitTaskManagers(2);
      return cluster;
    } catch (Exception | AssertionError e) {
      if (cluster == null) {
        zooKeeper.close();
      } else {
        cluster.close();
      }
      throw e;
    }
  }

  private static Configuration configuration(Path root, String zooKeeper) {
    Configuration configuration =
        LocalFlink.configuration(
            SLOTS, Duration.ofHours(1), root.resolve("checkpoints"), root.resolve("tmp"));
    configuration.set(RestOptions.BIND_PORT, "0");
    // A client retries for as long as a JobManager may take to start.
    configuration.set(RestOptions.RETRY_DELAY, Duration.ofMillis(200));
    configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 300);
    // Distribute tasks evenly over the TaskManagers; one TaskManager can hold a whole job.
    configuration.set(
        TaskManagerOptions.TASK_MANAGER_LOAD_BALANCE_MODE,
        TaskManagerOptions.TaskManagerLoadBalanceMode.SLOTS);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.parse("128mb"));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.parse("128mb"));
    configuration.set(TaskManagerOptions.TASK_HEAP_MEMORY, MemorySize.parse("256mb"));
    configuration.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse("900mb"));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(5));
    configuration.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
    configuration.set(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, zooKeeper);
    configuration.set(
        HighAvailabilityOptions.HA_STORAGE_PATH, root.resolve("ha").toUri().toString());
    configuration.set(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT, Duration.ofSeconds(5));
    configuration.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, root.resolve("tmp").toString());
    return configuration;
  }

  /** A client that follows the leading JobManager, also after a change. */
  public RestClusterClient<?> client() {
    return client;
  }

  /** Starts another JobManager, which becomes the leader when there is no other. */
  public void startJobManager() throws IOException {
    jobManagers.add(nodes.jobManager("jm-" + ++started, List.of()));
  }

  /** Starts another TaskManager. */
  public void startTaskManager() throws IOException {
    String id = "tm-" + ++started;
    taskManagers.put(id, nodes.taskManager(id, List.of()));
  }

  /** Waits until this many TaskManagers are registered. */
  public void awaitTaskManagers(int count) throws Exception {
    Watch.until(
        count + " TaskManagers",
        () ->
            client.getClusterOverview().get(60, TimeUnit.SECONDS).getNumTaskManagersConnected()
                == count);
  }

  /** Ends a TaskManager by kill -9. */
  public void killTaskManager(String id) {
    kill(taskManagers.remove(id));
  }

  /** Ends the JobManager by kill -9. */
  public void killJobManager() {
    kill(jobManagers.remove(0));
  }

  private static void kill(Process process) {
    process.destroyForcibly().onExit().join();
  }

  /** The metadata from which a new JobManager recovers. */
  public Path recoveryFiles() {
    return root.resolve("ha");
  }

  /** The processes that should be alive. */
  public List<ProcessHandle> processes() {
    List<Process> all = new ArrayList<>(jobManagers);
    all.addAll(taskManagers.values());
    return all.stream().map(Process::toHandle).toList();
  }

  /** Kills all processes, and waits until they are gone. */
  @Override
  public void close() {
    client.close();
    processes().forEach(ProcessHandle::destroyForcibly);
    processes().forEach(process -> process.onExit().join());
    zooKeeper.close();
  }
}
