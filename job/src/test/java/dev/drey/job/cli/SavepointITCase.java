package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.job.access.AccessToken;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.run.Curve;
import dev.drey.job.run.LocalTraining;
import dev.drey.job.run.SmallRun;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.client.cli.CliFrontend;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints that Flink's own command line takes of a running program. */
@Timeout(600)
class SavepointITCase {

  private static final int MORE_STEPS = 40;
  private static final Pattern PLACE = Pattern.compile("file:\\S*/savepoint-[-0-9a-f]+");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  @TempDir private Path directory;

  @BeforeEach
  void writeSpecification() throws Exception {
    SmallRun.specification(directory.resolve("small.yaml"));
  }

  /** Trains in this process, on threads, for so many steps. */
  private JsonNode train(String run, long steps, String... more) throws Exception {
    TestingShell shell = new TestingShell(directory, Clock.systemUTC());
    List<String> arguments = new ArrayList<>(List.of("train", "small.yaml", "--out", run));
    for (String set :
        List.of("training.epochs=100000", "budget.steps=" + steps, "workers.runtime=in-process")) {
      arguments.addAll(List.of("--set", set));
    }
    arguments.addAll(List.of(more));
    int code =
        Drey.run(
            new LocalTraining(SmallRun.HOME),
            exchange -> null,
            shell.shell(),
            arguments.toArray(new String[0]));
    assertThat(code).as(shell.err()).isZero();
    return Program.summary(directory.resolve(run));
  }

  /** Runs Flink's command line with the run's token; returns the place that it prints. */
  private String flink(String... arguments) throws Exception {
    String token = AccessToken.read(LocalTraining.token(directory.resolve("run"))).authorization();
    return found(
        PLACE, flink(0, Map.of("FLINK_REST_CLIENT_HEADERS", "Authorization:" + token), arguments));
  }

  /** Runs Flink's command line until it ends with this code; returns what it prints. */
  private String flink(int code, Map<String, String> environment, String... arguments)
      throws Exception {
    Path configuration = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(configuration.resolve("config.yaml"), "rest: {address: 127.0.0.1}\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CliFrontend.class.getName());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "flink", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("FLINK_CONF_DIR", configuration.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(out);
    assertThat(process.exitValue()).as(said).isEqualTo(code);
    return said;
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group();
  }

  private static URI webInterface(Program program) throws Exception {
    program.awaitAlive(
        "web UI", () -> program.said().stream().anyMatch(l -> l.startsWith("web UI ")));
    String line =
        program.said().stream().filter(l -> l.startsWith("web UI ")).findFirst().orElseThrow();
    return URI.create(line.substring("web UI ".length()));
  }

  private static String job(URI web) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(web.resolve("/jobs")).build();
    return found(
        ID,
        HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
            .body());
  }

  @Tag("full")
  @Test
  void aSavepointOfTheFlinkCommandRestoresAtAnotherParallelismWithTheSameBits() throws Exception {
    String savepoint;
    String last;
    long steps;
    try (Program program =
        Program.start(
            directory,
            List.of(
                "train",
                "small.yaml",
                "--out",
                "run",
                "--set",
                "training.epochs=100000",
                "-D",
                "rest.port=0"))) {
      program.awaitSteps("run", 5);
      URI web = webInterface(program);
      assertThat(Listening.addresses(program.process().toHandle()))
          .isNotEmpty()
          .allMatch(InetAddress::isLoopbackAddress);
      String to = directory.resolve("savepoints").toString();
      assertThat(
              flink(1, Map.of(), "stop", "-m", web.getAuthority(), "--savepointPath", to, job(web)))
          .contains("needs the header Authorization: Bearer TOKEN")
          .contains(LocalTraining.token(directory.resolve("run")).toString());
      savepoint = flink("savepoint", "-m", web.getAuthority(), job(web), to);

      last = flink("stop", "-m", web.getAuthority(), "--savepointPath", to, job(web));

      assertThat(program.code()).as(program.said().toString()).isEqualTo(ExitCode.STOPPED);
      List<String> said = program.said();
      Matcher line =
          Pattern.compile("stopped after (\\d+) steps, with a savepoint in " + last)
              .matcher(said.get(said.size() - 2));
      assertThat(line.matches()).as(said.toString()).isTrue();
      steps = Long.parseLong(line.group(1));
      assertThat(said)
          .last()
          .isEqualTo("drey: to go on: drey train small.yaml --resume " + last + " --out run");
      program.assertNothingIsLeft(List.of());
    }
    long end = steps + MORE_STEPS;
    JsonNode calm = train("calm", end);
    // A savepoint may be moved: what it refers to lies beside its metadata.
    Path moved = Files.move(Path.of(URI.create(savepoint)), directory.resolve("moved"));
    JsonNode four = train("four", end, "--resume", moved.toString(), "-D", "parallelism.default=4");
    JsonNode one = train("run", end, "--resume", last, "-D", "parallelism.default=1");

    for (String same : List.of("weightsSha256", "optimizerSha256", "steps", "examples")) {
      assertThat(four.path(same)).as(same).isEqualTo(calm.path(same));
      assertThat(one.path(same)).as(same).isEqualTo(calm.path(same));
    }
    List<Double> losses = Curve.read(directory.resolve("calm/curve.csv")).column("loss");
    assertThat(Curve.read(directory.resolve("run/curve.csv")).column("loss")).isEqualTo(losses);
    Curve anew = Curve.read(directory.resolve("four/curve.csv"));
    int first = anew.column("step").get(0).intValue();
    assertThat(first).isGreaterThan(5);
    assertThat(anew.column("loss")).isEqualTo(losses.subList(first - 1, losses.size()));
    assertThat(moved.resolve("_metadata")).exists();
    assertThat(Path.of(URI.create(last)).resolve("_metadata")).exists();
  }
}
