package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.TestingShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

  private static final String SPEC =
      """
      network:
        input: [1, 8, 8]
        layers:
          - conv2d: {filters: 6, padding: same, activation: relu}
            name: stem
          - batch-normalization:
            name: left
          - conv2d: {filters: 6, kernel: 1}
            from: stem
          - add: {from: left}
          - flatten
          - dense: {units: 10}
      data: {format: csv, file: x.csv, feature-columns: [x], label-columns: [y]}
      training: {mini-batch: 32}
      """;

  @TempDir private Path directory;

  private TestingShell shell;

  @BeforeEach
  void open() {
    shell = new TestingShell(directory);
  }

  private int inspect(String text, String... arguments) throws IOException {
    Files.writeString(directory.resolve("spec.yaml"), text);
    String[] all = new String[arguments.length + 2];
    all[0] = "inspect";
    all[1] = "spec.yaml";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Drey.run(
        (run, listener, stop) -> {
          throw new AssertionError("nothing should be trained");
        },
        exchange -> {
          throw new AssertionError("nothing should be computed");
        },
        shell.shell(),
        all);
  }

  @Test
  void ofAStreamNoBrokerIsAsked() throws IOException {
    String stream =
        """
        network: {layers: [dense: {units: 2}]}
        data:
          kafka: {bootstrap-servers: "nobody:1", topics: flights}
          format: json
          features:
            - number: {field: distance}
            - category: {field: origin, vocabulary: [SEA, SFO]}
          label: {above: {field: delay, threshold: 15}}
        """;

    assertThat(inspect(stream)).as(shell.err()).isZero();

    assertThat(shell.out()).contains("[4]"); // a number, and three columns of the category
  }

  @Test
  void aLayerIsALine() throws IOException {
    assertThat(inspect(SPEC)).as(shell.err()).isZero();

    assertThat(shell.out())
        .startsWith(
            """
            layer  kind                 output     parameters  memory   FLOP
            input                       [1, 8, 8]
            stem   conv2d               [6, 8, 8]          60  3.0 KB  7,680
            left   batch-normalization  [6, 8, 8]          24  3.0 KB  3,072
            2      conv2d of stem       [6, 8, 8]          42  3.0 KB  5,376
            3      add + left           [6, 8, 8]           0  3.0 KB    384
            4      flatten              [384]               0  3.0 KB      0
            5      dense                [10]            3,850    80 B  7,700

            parameters      3,976: 3,964 trained, 12 statistics
            weights         16 KB, and as much of gradient
            FLOP            24,212 forward,""")
        .contains("worker          about ")
        .contains("MB with a mini-batch of 32: ")
        .contains("workers.memory  1769 MB; at least ");
  }

  @Test
  void jsonHasExactNumbers() throws IOException {
    assertThat(inspect(SPEC, "--json", "--set", "training.mini-batch=4")).isZero();

    JsonNode json = new ObjectMapper().readTree(shell.out());
    assertThat(json.path("layers")).hasSize(6);
    JsonNode add = json.path("layers").get(3);
    assertThat(add.path("kind").asText()).isEqualTo("add");
    assertThat(add.path("reads").asInt()).isEqualTo(2);
    assertThat(add.path("adds").asInt()).isOne();
    assertThat(json.path("layers").get(2).path("reads").asInt()).isZero();
    assertThat(json.path("layers").get(1).path("statistics").asInt()).isEqualTo(12);
    assertThat(json.path("parameters").asInt()).isEqualTo(3976);
    assertThat(json.path("weightBytes").asInt()).isEqualTo(4 * 3976);
    assertThat(json.path("forwardFlops").asInt()).isEqualTo(24212);
    assertThat(json.path("trainingFlops").asInt())
        .isEqualTo(2 * 7680 + 3 * 3072 + 3 * 5376 + 2 * 384 + 3 * 7700);
    assertThat(json.path("miniBatch").asInt()).isEqualTo(4);
    assertThat(json.path("workerBytes").path("vectors").asInt()).isEqualTo(2 * 4 * 3976);
    assertThat(json.path("workerBytes").path("data").asInt()).isZero();
    assertThat(json.path("memoryMb").asInt()).isEqualTo(1769);
    assertThat(json.path("leastMb").asInt()).isPositive();
  }

  @Test
  void dataThatAreThereTellTheInput() throws IOException {
    Files.writeString(directory.resolve("x.csv"), "a,b,c,y\n1,2,3,0\n4,5,6,1\n");
    String text =
        """
        network: {layers: [{dense: {units: 2}}]}
        data: {format: csv, file: x.csv, feature-columns: [a, b, c], label-columns: [y]}
        """;

    assertThat(inspect(text, "--json")).as(shell.err()).isZero();

    JsonNode json = new ObjectMapper().readTree(shell.out());
    assertThat(json.path("input").get(0).asInt()).isEqualTo(3);
    assertThat(json.path("parameters").asInt()).isEqualTo(8);
    assertThat(json.path("workerBytes").path("data").asInt()).isEqualTo(2 * 4 * 4);
  }

  @Test
  void withoutDataTheInputMustBeGiven() throws IOException {
    String text = SPEC.replace("  input: [1, 8, 8]\n", "");

    assertThat(inspect(text)).isEqualTo(ExitCode.USAGE);

    assertThat(shell.err())
        .startsWith(
            "drey: network.input: is left out, and the data that would give it cannot be read:")
        .contains("x.csv");
  }

  @Test
  void theInputMustBeThatOfTheData() throws IOException {
    Files.writeString(directory.resolve("x.csv"), "x,y\n1,2\n");

    assertThat(inspect(SPEC)).isEqualTo(ExitCode.USAGE);

    assertThat(shell.err())
        .contains("drey: network.input: [1, 8, 8] is 64 values, an example of ")
        .contains("x.csv has 1");
  }

  @Test
  void aNetworkThatIsTooLargeIsShownNevertheless() throws IOException {
    assertThat(inspect(SPEC, "--set", "workers.memory=128 MB")).isZero();

    assertThat(shell.out()).contains("workers.memory  128 MB; at least ");
  }

  @Test
  void faultsAreToldWithTheirKeys() throws IOException {
    assertThat(inspect(SPEC.replace("units: 10", "units: 0"))).isEqualTo(ExitCode.USAGE);

    assertThat(shell.err())
        .isEqualTo(
            "drey: network.layers[5].dense.units: is 0, must be a whole number of at least 1 (line"
                + " 12)\n");
  }
}
