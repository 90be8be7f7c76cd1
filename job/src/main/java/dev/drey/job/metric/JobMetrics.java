package dev.drey.job.metric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the metrics of a Flink job over the REST API. Thread-safe. */
public final class JobMetrics {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final Set<String> NAMES =
      Set.of(
          "step",
          "invocations",
          "permitMicros",
          "invocationMicros",
          "workerMicros",
          "computeMicros",
          "heldMicros",
          "applyMicros",
          "publishMicros");

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final JsonMapper mapper = JsonMapper.builder().build();
  private final URI address;

  /**
   * @param address of the web UI
   */
  public JobMetrics(URI address) {
    this.address = address;
  }

  /** The metrics of the cluster's only job; empty while there is no job. */
  public Optional<MetricSample> sample() throws IOException, InterruptedException {
    Optional<String> job = job();
    return job.isEmpty() ? Optional.empty() : Optional.of(sample(job.get()));
  }

  /** Size of the state in the last complete checkpoint, bytes; empty while there is none. */
  public OptionalLong stateBytes() throws IOException, InterruptedException {
    Optional<String> job = job();
    if (job.isEmpty()) {
      return OptionalLong.empty();
    }
    JsonNode size = get("/jobs/" + job.get() + "/checkpoints").at("/latest/completed/state_size");
    return size.isNumber() ? OptionalLong.of(size.longValue()) : OptionalLong.empty();
  }

  private Optional<String> job() throws IOException, InterruptedException {
    JsonNode jobs = get("/jobs").path("jobs");
    return jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.path(0).path("id").asText());
  }

  /**
   * The metrics that {@link StepAccount} needs.
   *
   * @param id of the job, in hexadecimal digits
   */
  public MetricSample sample(String id) throws IOException, InterruptedException {
    String job = "/jobs/" + id;
    Map<String, Double> sums = new HashMap<>();
    Map<String, Double> means = new HashMap<>();
    for (JsonNode vertex : get(job).path("vertices")) {
      String metrics = job + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
      List<String> wanted = wanted(get(metrics));
      if (!wanted.isEmpty()) {
        String names = URLEncoder.encode(String.join(",", wanted), StandardCharsets.UTF_8);
        for (JsonNode metric : get(metrics + "?get=" + names)) {
          sums.put(metric.path("id").asText(), metric.path("sum").asDouble());
          means.put(metric.path("id").asText(), metric.path("avg").asDouble());
        }
      }
    }
    return new MetricSample(sums, means);
  }

  private static List<String> wanted(JsonNode metrics) {
    List<String> wanted = new ArrayList<>();
    for (JsonNode metric : metrics) {
      String id = metric.path("id").asText();
      if (NAMES.contains(id.substring(id.lastIndexOf('.') + 1))) {
        wanted.add(id);
      }
    }
    return wanted;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).timeout(LIMIT).build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          path + " answered with status " + response.statusCode() + ", must be 200");
    }
    return mapper.readTree(response.body());
  }
}
