package dev.drey.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.access.AccessToken;
import dev.drey.job.access.RawHttp;
import dev.drey.job.access.RawHttp.Answer;
import dev.drey.job.run.Watch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries every door of a run's web UI as another user of the machine, or a page in a browser. */
@Timeout(600)
class WebAccessITCase {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "boundary";
  private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=" + BOUNDARY;

  @TempDir private static Path directory;

  private static FlinkProcess flink;
  private static FlinkJob job;
  private static RawHttp web;
  private static String authorization;

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration =
        LocalFlink.configuration(
            1, Duration.ofHours(1), directory.resolve("checkpoints"), directory.resolve("tmp"));
    configuration.set(RestOptions.BIND_PORT, "0");
    Path token = directory.resolve("tmp/token");
    flink = FlinkProcess.start(configuration, 2, token);
    job = flink.submit(FlinkProcessITCase.endless(configuration));
    FlinkProcessITCase.awaitCheckpoint(job);
    web = new RawHttp(flink.webInterface());
    authorization = "Authorization: " + AccessToken.read(token).authorization();
  }

  @AfterAll
  static void stop() {
    flink.close();
  }

  private static String path(String route) {
    return route.replace("JOB", job.id().toHexString());
  }

  private static JsonNode get(String path, String... headers) throws IOException {
    Answer answer = web.send("GET", path, headers);
    assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
    String body = answer.body();
    return JSON.readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
  }

  private static void assertTheJobRuns() throws IOException {
    assertThat(get(path("/jobs/JOB")).path("state").asText()).isEqualTo("RUNNING");
  }

  private static byte[] part(String name, String file, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                .formatted(BOUNDARY, name, file)
            + "Content-Type: application/octet-stream\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(content);
    out.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  @Test
  void theUiLoadsAndShowsTheRunWithoutTheToken() throws Exception {
    Answer page = web.send("GET", "/");
    assertThat(page.status()).isEqualTo(200);
    Matcher script = Pattern.compile("src=\"([^\"]+\\.js)\"").matcher(page.body());
    List<String> scripts = new ArrayList<>();
    while (script.find()) {
      scripts.add(script.group(1));
    }
    assertThat(scripts).isNotEmpty();
    for (String name : scripts) {
      Answer answer = web.send("GET", "/" + name);
      assertThat(answer.status()).as(name).isEqualTo(200);
      assertThat(answer.header("content-type")).as(name).contains("javascript");
    }

    assertThat(get("/config").at("/features/web-submit").asBoolean(true)).isFalse();
    assertThat(get("/config").at("/features/web-cancel").asBoolean(true)).isFalse();
    assertThat(get("/overview").path("taskmanagers").asInt()).isOne();
    assertThat(get("/jobs/overview").path("jobs")).isNotEmpty();
    assertTheJobRuns();
    for (String route :
        List.of("/jobs/JOB/checkpoints", "/jobs/JOB/exceptions", "/jobs/JOB/plan")) {
      assertThat(get(path(route))).as(route).isNotEmpty();
    }
    String vertex = get(path("/jobs/JOB")).at("/vertices/0/id").asText();
    assertThat(get(path("/jobs/JOB/vertices/" + vertex)).path("subtasks")).isNotEmpty();
    String host = get("/taskmanagers").at("/taskmanagers/0/id").asText();
    assertThat(get("/taskmanagers/" + host).path("id").asText()).isEqualTo(host);
    String port = web.address().getPort() + "";
    assertThat(get("/overview", "Host: localhost:" + port, "Origin: http://localhost:" + port))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/overview", "/jobs", "/no-such-page.html"})
  void noAnswerIsForPagesOfOtherOrigins(String path) throws Exception {
    Answer answer = web.send("GET", path);

    assertThat(answer.header("access-control-allow-origin")).isNull();
    assertThat(answer.header("cross-origin-resource-policy")).isEqualTo("same-origin");
    assertThat(answer.header("content-security-policy")).contains("frame-ancestors 'none'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /jars/upload",
        "POST /jars/evil.jar/run",
        "POST /jars/evil.jar/plan",
        "GET /jars/evil.jar/plan",
        "DELETE /jars/evil.jar",
        "POST /jobs",
        "PATCH /jobs/JOB",
        "PATCH /jobs/JOB?mode=cancel",
        "GET /jobs/JOB/yarn-cancel",
        "GET /jobs/JOB/yarn-stop",
        "POST /jobs/JOB/stop",
        "POST /jobs/JOB/savepoints",
        "POST /jobs/JOB/checkpoints",
        "PATCH /jobs/JOB/rescaling?parallelism=1",
        "PUT /jobs/JOB/resource-requirements",
        "PATCH /jobs/JOB/clientHeartbeat",
        "POST /jobs/JOB/coordinators/any",
        "POST /savepoint-disposal",
        "DELETE /datasets/0123456789abcdef0123456789abcdef",
        "POST /jobmanager/profiler",
        "DELETE /cluster",
        "OPTIONS /jobs",
        "BREW /jobs",
      })
  void withoutTheTokenADoorIsShut(String door) throws Exception {
    String method = door.substring(0, door.indexOf(' '));
    String route = path(door.substring(door.indexOf(' ') + 1));
    byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
    String type = "Content-Type: application/json";

    assertThat(web.send(method, route, body, type).status()).isIn(401, 403);
    assertThat(web.send(method, route, body, type, "Authorization: Bearer 1").status())
        .isIn(401, 403);
    // The token does not help a page of another site.
    for (String foreign :
        List.of("Host: evil.example", "Origin: http://evil.example", "Origin: null")) {
      assertThat(web.send(method, route, body, type, foreign, authorization).status())
          .as(foreign)
          .isEqualTo(403);
    }

    assertTheJobRuns();
    assertThat(get("/overview").path("taskmanagers").asInt()).isOne();
  }

  @Test
  void aRefusalSaysWhyInTheFormOfFlinksErrors() throws Exception {
    Answer answer = web.send("PATCH", path("/jobs/JOB"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("www-authenticate")).startsWith("Basic ");
    assertThat(JSON.readTree(answer.body()).at("/errors/0").asText())
        .contains("needs the header Authorization: Bearer TOKEN")
        .endsWith(directory.resolve("tmp/token").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: evil.example", "Origin: http://evil.example"})
  void aPageOfAnotherSiteReadsNothing(String foreign) throws Exception {
    for (String route : List.of("/", "/config", "/jobs", "/jobs/JOB")) {
      assertThat(web.send("GET", path(route), foreign).status()).as(route).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobmanager/config",
        "/jobmanager/environment",
        "/jobmanager/logs",
        "/jobmanager/thread-dump",
        "/jobs/JOB/config",
      })
  void whatMayShowASecretIsForWhoeverHasTheToken(String route) throws Exception {
    assertThat(web.send("GET", path(route)).status()).isEqualTo(401);
    assertThat(web.send("GET", path(route), authorization).status()).isEqualTo(200);
    String password = authorization.substring("Authorization: Bearer ".length());
    String basic =
        Base64.getEncoder().encodeToString((":" + password).getBytes(StandardCharsets.US_ASCII));
    assertThat(web.send("GET", path(route), "Authorization: Basic " + basic).status())
        .isEqualTo(200);
  }

  @Test
  void anUploadThatIsRefusedIsNotStored() throws Exception {
    byte[] jar = part("jarfile", "evil.jar", new byte[1 << 20]);

    assertThat(web.send("POST", "/jars/upload", jar, MULTIPART).status()).isEqualTo(401);
    assertThat(web.send("POST", "/jobs", jar, MULTIPART).status()).isEqualTo(401);

    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().contains("evil"));
    }
  }

  /** Counts how often it was deserialized: an attacker's object would run code there. */
  private static final class Mark implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final AtomicInteger READ = new AtomicInteger();

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      READ.incrementAndGet();
    }

    static byte[] bytes() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(new Mark());
      }
      return bytes.toByteArray();
    }
  }

  @Test
  void noObjectIsDeserializedWithoutTheToken() throws Exception {
    byte[] request =
        JSON.createObjectNode()
            .put("serializedCoordinationRequest", Base64.getEncoder().encodeToString(Mark.bytes()))
            .toString()
            .getBytes(StandardCharsets.US_ASCII);
    String route = path("/jobs/JOB/coordinators/cbc357ccb763df2852fee8c4fc7d55f2");
    String type = "Content-Type: application/json";
    int before = Mark.READ.get();

    assertThat(web.send("POST", route, request, type).status()).isEqualTo(401);
    assertThat(
            web.send("POST", route, request, type, "Origin: http://evil.example", authorization)
                .status())
        .isEqualTo(403);
    assertThat(Mark.READ.get()).isEqualTo(before);

    // The door is there: Flink itself reads any object.
    assertThat(web.send("POST", route, request, type, authorization).status()).isNotIn(401, 403);
    assertThat(Mark.READ.get()).isGreaterThan(before);
  }

  @Test
  void withTheTokenFlinksCommandsPass() throws Exception {
    Configuration configuration =
        LocalFlink.configuration(
            1, Duration.ofHours(1), directory.resolve("checkpoints"), directory.resolve("tmp"));
    FlinkJob second = flink.submit(FlinkProcessITCase.endless(configuration));
    FlinkProcessITCase.awaitCheckpoint(second);

    Answer answer =
        web.send("PATCH", "/jobs/" + second.id().toHexString() + "?mode=cancel", authorization);

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    Watch.until("the job is cancelled", second::isCancelled);
    assertTheJobRuns();
  }
}
