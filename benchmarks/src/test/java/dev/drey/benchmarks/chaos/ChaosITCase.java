package dev.drey.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The short form of {@code bin/drey bench chaos}: real processes, real kills. */
@Tag("full")
@Timeout(600)
class ChaosITCase {

  /**
   * Among the twenty: a damaged checkpoint, changed data, a busy machine, and both kinds of death.
   */
  @Test
  void twentyFaultsLeaveTheSameBitsAndEveryExampleCountedOnce() throws Exception {
    assertNothingCameOf(20, "--seed", "13");
  }

  /** Among the four: a task that throws, a busy machine, and kill -9 of the program. */
  @Test
  void norDoesAStreamLoseARecordOrABitNorItsEnd() throws Exception {
    assertNothingCameOf(4, "--seed", "113", "--stream");
  }

  private static void assertNothingCameOf(int faults, String... arguments) throws Exception {
    System.setProperty("drey.home", Path.of("..").toAbsolutePath().normalize().toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int code =
        new CommandLine(new ChaosCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                Stream.concat(
                        Stream.of("--faults", "" + faults, "--outage", "2", "--json"),
                        Stream.of(arguments))
                    .toArray(String[]::new));

    String said = out.toString().strip();
    assertThat(code).as(said + err).isZero();
    JsonNode json = new ObjectMapper().readTree(said.substring(said.lastIndexOf('\n') + 1));
    assertThat(json.get("faults").intValue()).isEqualTo(faults);
    assertThat(json.get("sameHash").booleanValue()).isTrue();
    assertThat(json.get("balanced").booleanValue()).isTrue();
    assertThat(json.get("orphans").intValue()).isZero();
  }
}
