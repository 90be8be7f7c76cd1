package dev.drey.benchmarks.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** {@code bin/drey bench worker} with a worker's process, and without PyTorch. */
@Timeout(600)
class GradientITCase {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void home() {
    System.setProperty("drey.home", Path.of("..").toAbsolutePath().normalize().toString());
  }

  private int run(String arguments) {
    return new CommandLine(new GradientCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.split(" "));
  }

  @Test
  void everyNetworkAndMiniBatchIsARow() throws Exception {
    int code = run("--network logistic mlp --batch 2 3 --rounds 2 --turn 1 --warm-up 1 --json");

    assertThat(code).as(err.toString()).isZero();
    String said = out.toString().strip();
    JsonNode rows =
        new ObjectMapper().readTree(said.substring(said.lastIndexOf('\n') + 1)).path("rows");
    assertThat(rows).hasSize(4);
    assertThat(rows.path(3).path("network").textValue()).isEqualTo("mlp");
    assertThat(rows.path(3).path("batch").intValue()).isEqualTo(3);
    assertThat(rows.path(3).path("millis").doubleValue()).isPositive();
    assertThat(rows.path(3).has("ratio")).isFalse();
  }

  @Test
  void aMiniBatchWithoutExamplesIsRefused() {
    assertThat(run("--batch 0")).isEqualTo(2);
    assertThat(err.toString()).contains("--batch in [1, 10000]", "[0]");
  }
}
