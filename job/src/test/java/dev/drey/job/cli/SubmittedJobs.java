package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.cluster.ClusterFile;
import dev.drey.job.cluster.ClusterFunction;
import dev.drey.job.run.LocalSetup;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flink's own command, and the REST API, of a cluster on this machine.
 *
 * @param directory where commands are called; has small.yaml
 * @param cluster its directory
 * @param file what is up
 */
record SubmittedJobs(Path directory, Path cluster, ClusterFile file) {

  private static final int PATIENCE_SECONDS = 300;
  private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts Flink's command; it writes to a file. */
  Process start(Path out, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(cluster.resolve("bin/flink").toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  /** Runs Flink's command; returns what it said. */
  String flink(List<String> arguments) throws Exception {
    Path out = Files.createTempFile(directory, "flink", ".txt");
    Process process = start(out, arguments);
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(out)).isZero();
      return Files.readString(out);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The arguments that submit the job jar. */
  List<String> submission(Path run, List<String> options, List<String> settings)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(options);
    arguments.add(JobJarITCase.jar().toString());
    arguments.addAll(List.of("--spec", "small.yaml"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "workers.runtime=aws",
                "workers.region=eu-central-1",
                "workers.function=" + LocalSetup.FUNCTION,
                "workers.endpoint=" + file.lambda(),
                "workers.token={file: " + ClusterFunction.token(cluster) + "}",
                "checkpoints.interval=1s",
                "output.directory=" + run));
    all.addAll(settings);
    all.forEach(value -> arguments.addAll(List.of("--set", value)));
    return arguments;
  }

  /** The job that a submission printed. */
  static String job(String said) {
    Matcher matcher = JOB.matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return matcher.group(1);
  }

  JsonNode rest(String path) throws IOException {
    try (InputStream in = URI.create(file.web()).resolve(path).toURL().openStream()) {
      return JSON.readTree(in);
    }
  }

  /** How many checkpoints of a job there are of a kind: completed, restored. */
  int checkpoints(String job, String kind) throws IOException {
    return rest("/jobs/" + job + "/checkpoints").path("counts").path(kind).asInt();
  }

  /** The TaskManagers that run the tasks of an operator, by the names of their processes. */
  List<String> hosts(String job, String operator) throws IOException {
    List<String> hosts = new ArrayList<>();
    for (JsonNode vertex : rest("/jobs/" + job).path("vertices")) {
      if (vertex.path("name").asText().contains(operator)) {
        rest("/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/taskmanagers")
            .path("taskmanagers")
            .forEach(host -> hosts.add(host.path("taskmanager-id").asText()));
      }
    }
    return hosts;
  }
}
