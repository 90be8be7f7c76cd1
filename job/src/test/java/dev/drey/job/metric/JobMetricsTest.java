package dev.drey.job.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobMetricsTest {

  private static final String METRICS = "/jobs/a/vertices/v/subtasks/metrics";

  private HttpServer server;
  private volatile Map<String, String> answers = Map.of();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String answer = answers.get(exchange.getRequestURI().toString());
          byte[] body = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private JobMetrics metrics() {
    return new JobMetrics(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @Test
  void takesTheMetricsOfStepsFromEveryVertex() throws Exception {
    answers =
        Map.of(
            "/jobs",
            "{\"jobs\":[{\"id\":\"a\",\"status\":\"RUNNING\"}]}",
            "/jobs/a",
            "{\"vertices\":[{\"id\":\"v\"}]}",
            METRICS,
            "[{\"id\":\"dispatch.invocations\"},{\"id\":\"numRecordsIn\"}]",
            METRICS + "?get=dispatch.invocations",
            "[{\"id\":\"dispatch.invocations\",\"sum\":42,\"avg\":21}]");

    MetricSample sample = metrics().sample().orElseThrow();

    assertThat(sample.sum(MetricSample.INVOCATIONS)).isEqualTo(42);
    assertThat(sample.mean(MetricSample.INVOCATIONS)).isEqualTo(21);
    assertThat(sample.step()).isZero();
  }

  @Test
  void thereIsNoSampleBeforeTheJob() throws Exception {
    answers = Map.of("/jobs", "{\"jobs\":[]}");

    assertThat(metrics().sample()).isEmpty();
  }

  @Test
  void anErrorIsTold() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> metrics().sample())
        .withMessage("/jobs answered with status 404, must be 200");
  }
}
