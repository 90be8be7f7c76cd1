package dev.drey.job.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.access.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The REST API behind Flink's web UI, of a cluster with one job.
 *
 * @param address of the web UI
 */
record WebUi(URI address) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  HttpResponse<String> page(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(address.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(page(path).body());
  }

  /**
   * Takes a savepoint in Flink's canonical format, which every state backend reads.
   *
   * @param run directory of the run, whose token allows it
   */
  Path savepoint(Path run, String job, Path directory) throws Exception {
    String order =
        JSON.writeValueAsString(
            Map.of("target-directory", directory.toString(), "formatType", "CANONICAL"));
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(address.resolve("/jobs/" + job + "/savepoints"))
                .header("Content-Type", "application/json")
                .header("Authorization", AccessToken.read(LocalTraining.token(run)).authorization())
                .POST(HttpRequest.BodyPublishers.ofString(order))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String trigger = JSON.readTree(answer.body()).path("request-id").asText();
    String status = "/jobs/" + job + "/savepoints/" + trigger;
    Watch.until(
        "a savepoint: " + answer.body(),
        () -> get(status).path("status").path("id").asText().equals("COMPLETED"));
    return Path.of(URI.create(get(status).path("operation").path("location").asText()));
  }

  /** The id of the job, once there is one. */
  String job() throws Exception {
    Watch.until("a job", () -> !get("/jobs").path("jobs").isEmpty());
    return get("/jobs").path("jobs").get(0).path("id").asText();
  }

  /** The id of the job that runs; others have ended. */
  String running() throws Exception {
    for (JsonNode job : get("/jobs").path("jobs")) {
      if (job.path("status").asText().equals("RUNNING")) {
        return job.path("id").asText();
      }
    }
    throw new AssertionError("no job is running");
  }

  /** The job's vertices; each is a chain of operators. */
  List<JsonNode> vertices(String job) throws Exception {
    List<JsonNode> vertices = new ArrayList<>();
    get("/jobs/" + job).path("vertices").forEach(vertices::add);
    return vertices;
  }

  /** The largest value of a metric over all tasks, if it is there. */
  OptionalDouble metric(String job, String name) throws Exception {
    List<Double> values = new ArrayList<>();
    for (JsonNode vertex : vertices(job)) {
      String metrics =
          "/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
      for (JsonNode metric : get(metrics)) {
        String id = metric.path("id").asText();
        if (id.endsWith("." + name)) {
          get(metrics + "?get=" + id.replace(" ", "%20"))
              .forEach(value -> values.add(value.path("max").asDouble()));
        }
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).max();
  }
}
