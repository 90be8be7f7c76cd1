package dev.drey.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosReportTest {

  private static final List<Recovery> RECOVERIES =
      List.of(
          new Recovery(InjectedFault.WORKER_EXITS, 1, 0),
          new Recovery(InjectedFault.PROGRAM_KILLED, 6, 40),
          new Recovery(InjectedFault.WORKER_EXITS, 3, 0),
          new Recovery(InjectedFault.TASK_THROWS, 2, 10));

  @TempDir private Path directory;

  private Path run(String name, String weights, String moments, long examples, long offered)
      throws Exception {
    Path run = Files.createDirectories(directory.resolve(name));
    Files.writeString(
        run.resolve("summary.json"),
        """
        {"weightsSha256": "%s", "optimizerSha256": "%s", "examples": %d, "offered": %d}
        """
            .formatted(weights, moments, examples, offered));
    return run;
  }

  private ChaosReport report(Path chaos, int orphans) throws Exception {
    return report(chaos, OptionalLong.empty(), orphans);
  }

  private ChaosReport report(Path chaos, OptionalLong examples, int orphans) throws Exception {
    Path calm = run("calm", "a", "b", 100, 100);
    return ChaosReport.of(RECOVERIES, new ChaosReport.Runs(calm, chaos, examples), orphans, 10, 30);
  }

  @Test
  void theSameBitsAndCountsAreAProof() throws Exception {
    ChaosReport report = report(run("chaos", "a", "b", 100, 100), 0);

    assertThat(report.proves()).isTrue();
    assertThat(report.secondsLostPerFault()).isEqualTo(5);
    JsonNode json = new ObjectMapper().readTree(report.json());
    assertThat(json.get("faults").intValue()).isEqualTo(4);
    assertThat(json.get("sameHash").booleanValue()).isTrue();
    assertThat(json.get("balanced").booleanValue()).isTrue();
    assertThat(json.get("orphans").intValue()).isZero();
    assertThat(json.get("rows")).hasSize(3);
    assertThat(json.at("/rows/0/fault").textValue()).isEqualTo("WORKER_EXITS");
    assertThat(json.at("/rows/0/meanSeconds").doubleValue()).isEqualTo(2);
    assertThat(json.at("/rows/2/meanStepsRedone").doubleValue()).isEqualTo(40);
  }

  @Test
  void otherWeightsAreNone() throws Exception {
    assertThat(report(run("chaos", "c", "b", 100, 100), 0).sameHash()).isFalse();
  }

  @Test
  void otherMomentsAreNone() throws Exception {
    assertThat(report(run("chaos", "a", "c", 100, 100), 0).proves()).isFalse();
  }

  @Test
  void anExampleThatWasNotCountedIsNone() throws Exception {
    assertThat(report(run("chaos", "a", "b", 99, 100), 0).balanced()).isFalse();
  }

  @Test
  void anExampleThatWasOfferedTwiceIsNone() throws Exception {
    assertThat(report(run("chaos", "a", "b", 101, 101), 0).balanced()).isFalse();
  }

  @Test
  void aRecordThatNeitherRunWasTrainedOnIsNone() throws Exception {
    Path chaos = run("chaos", "a", "b", 100, 100);

    assertThat(report(chaos, OptionalLong.of(101), 0).balanced()).isFalse();
    assertThat(report(chaos, OptionalLong.of(100), 0).balanced()).isTrue();
  }

  @Test
  void otherPlacesInTheStreamAreNone() throws Exception {
    Path chaos = run("chaos", "a", "b", 100, 100);
    Files.writeString(
        chaos.resolve("summary.json"),
        """
        {"weightsSha256": "a", "optimizerSha256": "b", "examples": 100, "offered": 100,
         "partitions": {"topic-0": {"nextOffset": 101}}}
        """);

    assertThat(report(chaos, 0).balanced()).isFalse();
  }

  @Test
  void anOrphanIsNone() throws Exception {
    assertThat(report(run("chaos", "a", "b", 100, 100), 1).proves()).isFalse();
  }
}
