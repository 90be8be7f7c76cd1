package dev.drey.connectors.lambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.connectors.lambda.LambdaSettings;
import dev.drey.connectors.lambda.LambdaWorker;
import dev.drey.connectors.secret.Secret;
import dev.drey.connectors.store.JobStores;
import dev.drey.connectors.transport.Requests;
import dev.drey.connectors.transport.TransportSettings;
import dev.drey.core.blob.Blob;
import dev.drey.core.work.Work;
import dev.drey.core.worker.WorkerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What those reach who can connect to the service's ports, but do not have its tokens. */
@Timeout(600)
final class AccessITCase {

  private static final String INVOKE = "/2015-03-31/functions/testing/invocations";
  private static final String NEXT = "/2018-06-01/runtime/invocation/next";
  private static final String PID = "{\"do\":\"pid\",\"n\":0}";
  private static final int INVOCATIONS = 200;

  @TempDir Path root;

  private LocalLambda lambda;
  private int port;
  private String token;

  @BeforeEach
  void open() throws Exception {
    lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
    port = lambda.endpoint().getPort();
    token = lambda.token().read();
  }

  @AfterEach
  void close() {
    lambda.close();
  }

  @Test
  void anInvocationNeedsTheTokenOfThisService() throws Exception {
    String wrong = ServiceToken.random().text();

    for (String authorization :
        List.of("", "Bearer " + wrong, "Bearer ", "Bearer", token, "Basic " + token)) {
      Answer answer = call(port, "POST", INVOKE, headers("Authorization", authorization), PID);

      assertThat(answer.status()).as(authorization).isEqualTo(403);
      assertThat(answer.head()).contains("x-amzn-ErrorType: AccessDeniedException");
      JsonNode body = new ObjectMapper().readTree(answer.body());
      assertThat(body.path("Message").asText())
          .isEqualTo("the request lacks the token of this service");
    }
    assertThat(lambda.workersStarted()).isZero();
    assertThat(invoke().status()).isEqualTo(200);
  }

  @Test
  void aCallFromAWebPageOrForAnotherHostIsRefusedEvenWithTheToken() throws Exception {
    Map<String, String> page = bearer();
    page.put("Origin", "http://127.0.0.1:" + port);
    Map<String, String> rebound = bearer();
    rebound.put("Host", "attacker.example:" + port);
    Map<String, String> otherPort = bearer();
    otherPort.put("Host", "127.0.0.1");

    assertThat(call(port, "POST", INVOKE, page, PID).status()).isEqualTo(403);
    assertThat(call(port, "OPTIONS", INVOKE, page, "").status()).isEqualTo(403);
    assertThat(call(port, "POST", INVOKE, page, PID).head())
        .doesNotContainIgnoringCase("access-control");
    assertThat(call(port, "POST", INVOKE, rebound, PID).status()).isEqualTo(403);
    assertThat(call(port, "POST", INVOKE, otherPort, PID).status()).isEqualTo(403);
    assertThat(lambda.workersStarted()).isZero();
  }

  @Test
  void aRefusedBodyIsDiscardedUnreadAndTheCallerIsAnswered() throws Exception {
    Answer answer = call(port, "POST", INVOKE, headers(), "x".repeat(5_000_000));

    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void theTokenIsInAFileOfThisUserAloneWhichGoesWithTheService() throws Exception {
    Path file = Path.of(((Secret.StoredFile) lambda.token()).path());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).matches("[0-9a-f]{64}");
    lambda.close();
    assertThat(file).doesNotExist();
    lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
    assertThat(lambda.token().read()).isNotEqualTo(token);
  }

  @Test
  void aCallerWithAnotherTokenIsRejectedWithTheReason() throws Exception {
    Path file = Files.writeString(root.resolve("another"), ServiceToken.random().text());
    LambdaSettings settings =
        new LambdaSettings(
            "testing",
            "us-east-1",
            lambda.endpoint(),
            new Secret.StoredFile(file.toString()),
            1,
            TransportSettings.inline());
    URI place = Files.createDirectory(root.resolve("weights")).toUri();

    try (LambdaWorker worker =
        new LambdaWorker(settings, JobStores.open(place), Clock.systemUTC())) {
      assertThatThrownBy(
              () ->
                  worker
                      .compute(
                          Requests.of(
                              "run",
                              Work.Kind.GRADIENT,
                              Requests.weights(1, 1, Blob.Inline.of(new byte[4])),
                              System.currentTimeMillis() + 60_000))
                      .get(60, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              WorkerException.class,
              e -> assertThat(e.kind()).isEqualTo(WorkerException.Kind.BAD_CALL))
          .hasMessageContaining("HTTP 403 AccessDeniedException: the request lacks the token");
    }
  }

  @Test
  void nobodyButTheWorkerTakesItsInvocationsOrAnswersThemWhileTheRunGoesOn() throws Exception {
    long pid = Long.parseLong(invoke().body());
    Map<String, String> environment = environment(pid);
    String api = environment.get("AWS_LAMBDA_RUNTIME_API");
    int runtimePort = URI.create("http://" + api).getPort();
    String ofWorker = api.substring(api.indexOf('/') + 1);
    assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline")))
        .contains(OrphanWatch.class.getName())
        .doesNotContain(ofWorker)
        .doesNotContain(token);
    AtomicBoolean over = new AtomicBoolean();
    Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    List<Thread> attackers = new ArrayList<>();
    for (String prefix : List.of("", "/" + token, "/" + ServiceToken.random().text())) {
      attackers.add(new Thread(() -> attack(runtimePort, prefix, over, answers)));
    }
    attackers.forEach(Thread::start);

    try {
      for (int i = 0; i < INVOCATIONS || attempts(answers) < INVOCATIONS; i++) {
        Answer answer = invoke();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Long.toString(pid));
      }
    } finally {
      over.set(true);
      for (Thread attacker : attackers) {
        attacker.join();
      }
    }

    assertThat(answers.keySet()).containsExactly(403);
    call(port, "POST", INVOKE, bearer(), "{\"do\":\"fail\",\"n\":1}");
    assertThat(Files.readString(root.resolve("run/worker-1.log"))).doesNotContain(ofWorker);
    assertThat(lambda.workersStarted()).isEqualTo(1);
  }

  private static int attempts(Map<Integer, AtomicInteger> answers) {
    return answers.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /** Polls for invocations, and makes up results and errors. */
  private static void attack(
      int port, String prefix, AtomicBoolean over, Map<Integer, AtomicInteger> answers) {
    String id = "8f0a0d5e-0000-0000-0000-000000000000";
    while (!over.get()) {
      for (String path :
          List.of(
              NEXT,
              "/2018-06-01/runtime/invocation/" + id + "/response",
              "/2018-06-01/runtime/invocation/" + id + "/error",
              "/2018-06-01/runtime/init/error")) {
        int status;
        try {
          status =
              call(
                      port,
                      path.equals(NEXT) ? "GET" : "POST",
                      prefix + path,
                      headers(),
                      "\"made up\"")
                  .status();
        } catch (IOException e) {
          status = -1;
        }
        answers.computeIfAbsent(status, unused -> new AtomicInteger()).incrementAndGet();
      }
    }
  }

  @Test
  void aWorkersEnvironmentHasOnlyWhatItNeeds() throws Exception {
    Map<String, String> environment = environment(Long.parseLong(invoke().body()));

    assertThat(environment.keySet())
        .allMatch(
            name ->
                InheritedVariables.isInherited(name)
                    || name.startsWith("AWS_LAMBDA_")
                    || List.of("AWS_REGION", "LAMBDA_TASK_ROOT", "_HANDLER").contains(name));
    assertThat(environment).doesNotContainValue(token);
  }

  private static Map<String, String> environment(long pid) throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String variable : Files.readString(Path.of("/proc/" + pid + "/environ")).split("\0", -1)) {
      int end = variable.indexOf('=');
      if (end > 0) { // the last one has a zero behind it
        environment.put(variable.substring(0, end), variable.substring(end + 1));
      }
    }
    return environment;
  }

  private Answer invoke() throws IOException {
    return call(port, "POST", INVOKE, bearer(), PID);
  }

  private Map<String, String> bearer() {
    return headers("Authorization", "Bearer " + token);
  }

  private static Map<String, String> headers(String... namesAndValues) {
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  private record Answer(int status, String head, String body) {}

  /** By a plain socket, which sends any header. */
  private static Answer call(
      int port, String method, String path, Map<String, String> headers, String body)
      throws IOException {
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent("Host", "127.0.0.1:" + port);
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(content.length).append("\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(content);
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      return new Answer(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(0, end),
          answer.substring(end + 4));
    }
  }
}
