package dev.drey.job.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * Starts Flink's processes with the same arguments as Flink's scripts.
 *
 * @param root directory of the cluster, with conf, logs and tmp
 * @param configuration of all processes
 * @param classPath with Flink's jars
 * @param flags of every JVM, in addition to those for Flink's memory options
 */
record FlinkNodes(Path root, Configuration configuration, String classPath, List<String> flags) {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Creates the directory with Flink's configuration. */
  void prepare() throws IOException {
    JavaProcess.prepare(root);
    String yaml =
        configuration.toMap().entrySet().stream()
            .map(entry -> entry.getKey() + ": '" + entry.getValue().replace("'", "''") + "'\n")
            .sorted()
            .collect(Collectors.joining());
    Path file = root.resolve("conf/config.yaml");
    Files.deleteIfExists(file);
    Files.createFile(file, OWNER_ONLY); // options may have secrets
    Files.writeString(file, yaml);
  }

  /**
   * Starts a JobManager.
   *
   * @param options for this process only
   */
  Process jobManager(String id, List<String> options) throws IOException {
    JobManagerProcessSpec spec = JobManagerProcessUtils.processSpecFromConfig(configuration);
    return start(
        id,
        JobManagerProcessUtils.generateJvmParametersStr(spec, configuration),
        StandaloneSessionClusterEntrypoint.class,
        JobManagerProcessUtils.generateDynamicConfigsStr(spec) + " --executionMode cluster",
        options);
  }

  /**
   * Starts a TaskManager.
   *
   * @param options for this process only
   */
  Process taskManager(String id, List<String> options) throws IOException {
    TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    return start(
        id,
        ProcessMemoryUtils.generateJvmParametersStr(spec),
        TaskManagerRunner.class,
        TaskExecutorProcessUtils.generateDynamicConfigsStr(spec)
            + " -D "
            + TaskManagerOptions.TASK_MANAGER_RESOURCE_ID.key()
            + "="
            + id,
        options);
  }

  private Process start(
      String id, String jvmFlags, Class<?> main, String arguments, List<String> options)
      throws IOException {
    Path log = root.resolve("logs").resolve(id + ".log");
    List<String> allFlags = new ArrayList<>(words(jvmFlags));
    for (String opened : List.of("java.util", "java.lang", "java.nio")) {
      allFlags.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    allFlags.addAll(flags);
    allFlags.add("-Dlog.file=" + log); // the web UI shows it
    List<String> allArguments =
        new ArrayList<>(List.of("--configDir", root.resolve("conf").toString()));
    options.forEach(option -> allArguments.addAll(List.of("-D", option)));
    allArguments.addAll(words(arguments));
    return new JavaProcess(allFlags, classPath, main.getName(), allArguments, log).start(root);
  }

  private static List<String> words(String text) {
    return List.of(text.trim().split("\\s+"));
  }
}
