package dev.drey.job.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.job.model.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The running cluster, as {@code cluster.json} in its directory.
 *
 * @param supervisor the process with which all others end
 * @param web address of Flink's web UI
 * @param kafka bootstrap servers
 * @param lambda endpoint of the Lambda service
 * @param prometheus addresses of Flink's metrics
 * @param processes by name
 */
public record ClusterFile(
    @JsonProperty("keeper") Pid supervisor,
    @JsonProperty("web") String web,
    @JsonProperty("kafka") String kafka,
    @JsonProperty("lambda") String lambda,
    @JsonProperty("prometheus") List<String> prometheus,
    @JsonProperty("processes") Map<String, Pid> processes) {

  private static final int MOST_BYTES = 1 << 20;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public ClusterFile {
    prometheus = List.copyOf(prometheus);
    processes = new TreeMap<>(processes);
  }

  /**
   * A process. Systems reuse ids, so the start time shows whether it is still the same process.
   *
   * @param id process id
   * @param start milliseconds since 1970; 0 where the system does not report it
   */
  public record Pid(@JsonProperty("pid") long id, @JsonProperty("start") long start) {

    /** The id of a process. */
    public static Pid of(ProcessHandle process) {
      return new Pid(process.pid(), startOf(process));
    }

    /** The process, if it is alive. */
    public Optional<ProcessHandle> alive() {
      return ProcessHandle.of(id).filter(p -> p.isAlive() && startOf(p) == start);
    }

    private static long startOf(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
  }

  static Path in(Path directory) {
    return directory.resolve("cluster.json");
  }

  /** The cluster of a directory, if its supervisor is alive. */
  public static Optional<ClusterFile> read(Path directory) throws IOException {
    Path file = in(directory);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " has more than " + MOST_BYTES + " bytes, the limit");
    }
    return Optional.of(MAPPER.readValue(Files.readAllBytes(file), ClusterFile.class))
        .filter(cluster -> cluster.supervisor().alive().isPresent());
  }

  void write(Path directory) throws IOException {
    AtomicFile.write(in(directory), MAPPER.writeValueAsBytes(this));
  }
}
