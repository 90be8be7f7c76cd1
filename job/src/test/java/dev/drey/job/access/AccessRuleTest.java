package dev.drey.job.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRuleTest {

  private static final String JOB = "/jobs/0123456789abcdef0123456789abcdef";

  @TempDir private Path directory;

  private AccessToken token;
  private AccessRule rule;

  @BeforeEach
  void open() throws Exception {
    Path file = directory.resolve("token");
    token = AccessToken.create(file);
    rule = new AccessRule("Trainer.example", file, token);
  }

  private static RestRequest request(
      boolean local, String method, String target, String... headers) {
    return new RestRequest(
        method,
        target,
        local,
        name -> {
          List<String> values = new ArrayList<>();
          for (String header : headers) {
            if (header.toLowerCase(Locale.ROOT).startsWith(name + ": ")) {
              values.add(header.substring(name.length() + 2));
            }
          }
          return values;
        });
  }

  private int status(String method, String target, String... headers) {
    return rule.refusal(request(true, method, target, headers)).map(Refusal::status).orElse(200);
  }

  private String authorization() {
    return "Authorization: " + token.authorization();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/main.0a1b2c3d4e5f6789.js",
        "/3rdpartylicenses.txt",
        "/assets/vs/language/json/jsonMode.js",
        "/assets/images/flink.svg",
        "/config",
        "/overview",
        "/jobs",
        "/jobs/overview",
        JOB,
        JOB + "/checkpoints/details/3/subtasks/0123456789abcdef0123456789abcdef",
        JOB + "/vertices/0123456789abcdef0123456789abcdef/subtasks/metrics?get=0.a%20b",
        JOB + "/exceptions?maxExceptions=10",
        "/applications/overview",
        "/jobmanager/metrics",
        "/taskmanagers",
        "/taskmanagers/127.0.0.1:40551-0a1b2c",
        "/taskmanagers/127.0.0.1%3A40551-0a1b2c/metrics?get=x",
      })
  void whatTheUiShowsOfARunIsOpenToEveryoneOnThisMachine(String target) {
    assertThat(status("GET", target, "Host: 127.0.0.1:8081")).isEqualTo(200);
    assertThat(status("HEAD", target, "Host: localhost:8081")).isEqualTo(200);
    assertThat(status("GET", target, "Host: [::1]:9")).isEqualTo(200);
    assertThat(status("POST", target, "Host: 127.0.0.1:8081")).isEqualTo(401);
    assertThat(rule.refusal(request(false, "GET", target, "Host: trainer.example:8081")))
        .map(Refusal::status)
        .hasValue(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobmanager/config",
        "/jobmanager/environment",
        "/jobmanager/log",
        "/jobmanager/logs",
        "/jobmanager/logs/drey.txt",
        "/jobmanager/logs/..%252f..%252fetc%252fpasswd",
        "/jobmanager/thread-dump",
        "/jobmanager/profiler/a.html",
        "/taskmanagers/tm-1/log",
        "/taskmanagers/tm-1/logs/drey.txt",
        "/taskmanagers/tm-1%2Flog",
        "/taskmanagers/tm-1/stdout",
        "/taskmanagers/tm-1/thread-dump",
        JOB + "/config",
        JOB + "/jobmanager/config",
        JOB + "/jobmanager/environment",
        "/jars",
        "/jars/evil.jar/plan",
        "/jars/evil.js",
        "/a/b.html",
        "//overview",
        "/jobs/../jars",
        "/jobs;x",
        "/%6Aars",
        "/later/routes",
      })
  void whatMayShowASecretOrRunsCodeNeedsTheTokenEvenToRead(String target) {
    assertThat(status("GET", target, "Host: 127.0.0.1:8081")).isEqualTo(401);
    assertThat(status("GET", target, "Host: 127.0.0.1:8081", authorization())).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:8081",
        "Host: 127.0.0.1.evil.example:8081",
        "Host: localhost.:8081",
        "Host: 127.0.0.1:8081@evil.example",
        "Host: 127.0.0.1:8081, evil.example",
        "Host: ",
        "Accept: everything",
      })
  void aForeignOrMissingHostIsRefusedEvenWithTheToken(String host) {
    assertThat(status("GET", "/overview", host)).isEqualTo(403);
    assertThat(status("PATCH", JOB, host, authorization())).isEqualTo(403);
    assertThat(status("GET", "/overview", "Host: localhost:8081", "Host: evil.example"))
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://127.0.0.1:3000",
        "Origin: http://localhost:8081",
        "Origin: file://",
      })
  void aForeignOriginIsRefusedEvenWithTheToken(String origin) {
    assertThat(status("GET", "/overview", "Host: 127.0.0.1:8081", origin)).isEqualTo(403);
    assertThat(status("PATCH", JOB, "Host: 127.0.0.1:8081", origin, authorization()))
        .isEqualTo(403);
  }

  @Test
  void thePagesOwnRequestsPass() {
    String[] own = {"Host: 127.0.0.1:8081", "Origin: http://127.0.0.1:8081"};
    assertThat(status("GET", "/overview", own)).isEqualTo(200);
    assertThat(status("PATCH", JOB, own[0], own[1], "Sec-Fetch-Site: same-origin", authorization()))
        .isEqualTo(200);
    // Through a tunnel, the browser knows another port.
    assertThat(status("GET", "/", "Host: localhost:9000", "Origin: http://localhost:9000"))
        .isEqualTo(200);
  }

  @Test
  void aBrowserThatKnowsThePasswordDoesNotLendItToAnotherSite() {
    String host = "Host: 127.0.0.1:8081";
    for (String site : List.of("cross-site", "same-site")) {
      String from = "Sec-Fetch-Site: " + site;
      assertThat(status("POST", "/jars/upload", host, from, authorization())).isEqualTo(403);
      assertThat(status("GET", "/jars/a.jar/plan", host, from, authorization())).isEqualTo(403);
      assertThat(status("GET", "/", host, from)).isEqualTo(200); // a link to the UI
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/yarn-cancel", "/yarn-stop", "/yarn%2Dcancel", "/%79arn-stop"})
  void noGetEndsAJob(String route) {
    assertThat(status("GET", JOB + route, "Host: 127.0.0.1:8081")).isEqualTo(403);
    assertThat(status("GET", JOB + route, "Host: 127.0.0.1:8081", authorization())).isEqualTo(403);
  }

  @Test
  void aTargetThatIsNotAPathIsRefused() {
    String host = "Host: 127.0.0.1:8081";
    assertThat(status("GET", "http://127.0.0.1:8081/overview", host)).isEqualTo(403);
    assertThat(status("OPTIONS", "*", host)).isEqualTo(403);
    assertThat(status("CONNECT", "127.0.0.1:22", host)).isEqualTo(403);
  }

  @Test
  void aWrongTokenAndTwoTokensAreRefused() {
    String host = "Host: 127.0.0.1:8081";
    assertThat(status("DELETE", "/cluster", host, authorization())).isEqualTo(200);
    assertThat(status("DELETE", "/cluster", host, authorization() + "0")).isEqualTo(401);
    assertThat(status("DELETE", "/cluster", host, authorization(), authorization())).isEqualTo(401);
  }

  @Test
  void withoutATokenToCompareWithNothingThatNeedsOnePasses() {
    AccessRule closed = new AccessRule("localhost", directory.resolve("none"), null);
    RestRequest cancel =
        request(true, "PATCH", JOB, "Host: localhost", "Authorization: Bearer null");
    assertThat(closed.refusal(cancel)).map(Refusal::status).hasValue(401);
    assertThat(closed.refusal(request(true, "GET", "/jobs", "Host: localhost"))).isEmpty();
  }

  @Test
  void theReasonNamesTheFileAndCannotBreakTheAnswer() {
    Optional<Refusal> refusal =
        rule.refusal(request(true, "POST", "/a\"\\\n<b>", "Host: localhost"));
    assertThat(refusal.orElseThrow().body())
        .isEqualTo(
            "{\"errors\":[\"POST /a????b? needs the header Authorization: Bearer TOKEN, or in a"
                + " browser the token as password; it is in "
                + directory.resolve("token")
                + "\"]}");
  }
}
