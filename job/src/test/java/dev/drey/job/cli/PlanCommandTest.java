package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.drey.core.plan.Profile;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.plan.ProfileFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlanCommandTest {

  private static final String SPEC =
      """
      network:
        input: [784]
        layers:
          - dense: {units: 300, activation: relu}
          - dense: {units: 10}
      data: {format: csv, file: x.csv, feature-columns: [x], label-columns: [y]}
      training: {mini-batch: 32, steps: 1000}
      workers: {count: 16, memory: 2 GB, runtime: aws, function: f, region: eu-central-1}
      aggregation: {structure: [1, 4, 16]}
      """;

  @TempDir private Path directory;

  private TestingShell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new TestingShell(directory);
    Files.writeString(directory.resolve("spec.yaml"), SPEC);
  }

  private int plan(String... arguments) {
    return Drey.run(
        (run, listener, stop) -> {
          throw new AssertionError("nothing should be trained");
        },
        exchange -> {
          throw new AssertionError("nothing should be computed");
        },
        shell.shell(),
        Stream.concat(Stream.of("plan"), Stream.of(arguments)).toArray(String[]::new));
  }

  private JsonNode planned(String... arguments) throws IOException {
    open();
    String[] all = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
    assertThat(plan(all)).as(shell.err()).isZero();
    return new ObjectMapper().readTree(shell.out());
  }

  private void wrong(String... arguments) throws IOException {
    open();
    assertThat(plan(arguments)).isEqualTo(ExitCode.USAGE);
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void aPlanIsATableWithItsPartsAndOthersBesideIt() {
    assertThat(plan("spec.yaml", "--tasks", "2")).as(shell.err()).isZero();

    assertThat(shell.out())
        .startsWith("spec: modelled, not measured\n\nworkers           ")
        .contains("why               the plan with the most operations per dollar and second")
        .contains(Profile.AWS_LAMBDA.source())
        .contains("a step's parts")
        .contains("\nadding up in the tree ")
        .contains("\nas the specification is  [1,4,16]")
        .contains("\nfastest ")
        .contains("\ncheapest ")
        .contains(
            "How many examples an epoch has is not known: the data do not exist, or are a stream.")
        .doesNotContain("\nepoch ");
  }

  @Test
  void aStreamHasStepsAndNoEnd() throws IOException {
    Files.writeString(
        directory.resolve("stream.yaml"),
        """
        network: {layers: [dense: {units: 1}]}
        data:
          kafka: {bootstrap-servers: "nobody:1", topics: flights}
          format: {floats: {features: 3, labels: 1}}
        workers: {count: 4}
        """);

    JsonNode json = planned("stream.yaml");

    assertThat(json.path("step").path("seconds").asDouble()).isPositive();
    assertThat(json.path("run").path("seconds").isNumber()).isFalse();
  }

  @Test
  void jsonHasExactNumbers() throws IOException {
    JsonNode json = planned("spec.yaml", "--tasks", "2");

    assertThat(json.path("modelled").asBoolean()).isTrue();
    assertThat(json.path("planMillis").isIntegralNumber()).isTrue();
    assertThat(json.path("structure").asText()).startsWith("[1,");
    double seconds = json.path("step").path("seconds").asDouble();
    double parts = 0;
    for (JsonNode part : json.path("parts")) {
      parts += part.asDouble();
    }
    assertThat(seconds).isCloseTo(parts, within(1e-12));
    assertThat(json.path("run").path("seconds").asDouble()).isCloseTo(1000 * seconds, within(1e-9));
    assertThat(json.has("epoch")).isFalse();
    assertThat(json.path("alternatives").findValuesAsText("name"))
        .contains(
            "as the specification is", "next best workers", "fastest", "best ratio", "cheapest");
    for (JsonNode other : json.path("alternatives")) {
      assertThat(other.path("ratio").asDouble())
          .as(other.path("name").asText())
          .isLessThanOrEqualTo(json.path("ratio").asDouble());
    }
    assertThat(json.path("alternatives").get(0).path("memoryMb").asInt()).isEqualTo(2048);
  }

  @Test
  void dataThatAreThereTellTheEpoch() throws IOException {
    StringBuilder data = new StringBuilder("x,y\n");
    IntStream.range(0, 1000).forEach(i -> data.append(i).append(',').append(i % 2).append('\n'));
    Files.writeString(directory.resolve("x.csv"), data);
    Files.writeString(
        directory.resolve("small.yaml"),
        """
        network: {layers: [{dense: {units: 2}}]}
        data:
          format: csv
          file: x.csv
          feature-columns: [x]
          label-columns: [y]
          test: {fraction: 0.2}
        training: {mini-batch: 50, epochs: 3}
        workers: {count: 4}
        """);

    JsonNode json = planned("small.yaml", "--workers", "4", "--tasks", "2");

    double step = json.path("step").path("seconds").asDouble();
    assertThat(json.path("epoch").path("seconds").asDouble()).isCloseTo(4 * step, within(1e-9));
    assertThat(json.path("run").path("seconds").asDouble()).isCloseTo(12 * step, within(1e-9));
    assertThat(json.path("profile").path("source").asText()).isEqualTo(Profile.LOCAL.source());
  }

  @Test
  void theGoalDecides() throws IOException {
    double fastest = planned("spec.yaml", "--goal", "time").at("/run/seconds").asDouble();
    double cheapest = planned("spec.yaml", "--goal", "cost").at("/run/dollars").asDouble();
    JsonNode ratio = planned("spec.yaml");
    JsonNode budget = planned("spec.yaml", "--budget", String.valueOf(1.5 * cheapest));
    JsonNode deadline = planned("spec.yaml", "--deadline", (int) (3 * fastest) + "s");

    assertThat(ratio.at("/run/seconds").asDouble()).isGreaterThanOrEqualTo(fastest);
    assertThat(ratio.at("/run/dollars").asDouble()).isGreaterThanOrEqualTo(cheapest);
    assertThat(budget.at("/run/dollars").asDouble()).isLessThanOrEqualTo(1.5 * cheapest);
    assertThat(budget.at("/run/seconds").asDouble()).isGreaterThanOrEqualTo(fastest);
    assertThat(deadline.at("/run/seconds").asDouble()).isLessThanOrEqualTo(3 * fastest);
    assertThat(deadline.path("goal").asText()).startsWith("the least cost within ");
  }

  @Test
  void whatCannotBeHadSaysTheNearestThatCan() throws IOException {
    double cheapest = planned("spec.yaml", "--goal", "cost").at("/run/dollars").asDouble();

    wrong("spec.yaml", "--budget", "1e-9");

    assertThat(shell.err())
        .startsWith("drey: no plan of the run costs at most $0.000000001; the cheapest takes ");
    String nearest = shell.err().replaceAll("(?s).*costs \\$([0-9.]+)\n", "$1");
    assertThat(Double.parseDouble(nearest)).isBetween(cheapest, 1.001 * cheapest);
    assertThat(planned("spec.yaml", "--budget", nearest).at("/run/dollars").asDouble())
        .isCloseTo(cheapest, within(1e-9));

    wrong("spec.yaml", "--deadline", "1 ms");

    assertThat(shell.err())
        .startsWith("drey: no plan of the run ends within 0.001 s; the fastest takes ");
  }

  @Test
  void aBudgetNeedsTheLengthOfTheRun() throws IOException {
    wrong("spec.yaml", "--set", "training.epochs=2", "--set", "training.steps=1", "--goal", "time");
    assertThat(shell.err()).contains("training.steps: is given beside epochs");

    Files.writeString(directory.resolve("epochs.yaml"), SPEC.replace("steps: 1000", "epochs: 2"));
    wrong("epochs.yaml", "--budget", "1");

    assertThat(shell.err())
        .isEqualTo(
            "drey: --budget is for the whole run, whose length is unknown without its data files:"
                + " give training.steps\n");
  }

  @Test
  void localStepsAreChosenAmong() throws IOException {
    JsonNode json = planned("spec.yaml", "--local-steps", "1,8", "--goal", "time");

    assertThat(json.path("localSteps").asInt()).isEqualTo(8);
  }

  @Test
  void theNumberOfWorkersCanBeFixedOrBounded() throws IOException {
    assertThat(planned("spec.yaml", "--workers", "7").path("workers").asInt()).isEqualTo(7);
    assertThat(planned("spec.yaml", "--max-workers", "3", "--goal", "time").path("workers").asInt())
        .isLessThanOrEqualTo(3);
  }

  @Test
  void withoutASpecificationTheStructureIsPlanned() throws IOException {
    JsonNode json = planned("--workers", "10000", "--tasks", "16", "--parameters", "42601");

    assertThat(json.path("structure").asText()).endsWith(",10000]");
    assertThat(json.path("planMillis").isIntegralNumber()).isTrue();
    for (JsonNode other : json.path("alternatives")) {
      assertThat(other.path("seconds").asDouble())
          .isGreaterThanOrEqualTo(json.path("seconds").asDouble());
    }
    JsonNode sharded = json.path("sharded"); // the loop's one shard is among those that are tried
    assertThat(sharded.path("shards").asInt()).isBetween(1, 64);
    assertThat(sharded.path("seconds").asDouble())
        .isLessThanOrEqualTo(json.path("seconds").asDouble());

    open();
    assertThat(plan("--workers", "100", "--tasks", "16")).isZero();
    assertThat(shell.out())
        .startsWith("The tree of 100 workers and 1,000,000 parameters on 16 tasks of the loop")
        .contains("\nrecommended ")
        .contains("\nWith the number of shards free: ")
        .contains("not measured");
  }

  private static final String MEASURED =
      """
      structure,seconds,tasks,shards
      1-16,1.30,4,2
      1-2-16,1.11,4,2
      1-4-16,0.98,4,2
      1-8-16,1.08,4,2
      1-2-8-16,1.24,4,2
      """;

  @Test
  void measurementsAreFittedAndPlannedWith() throws IOException {
    Files.writeString(directory.resolve("steps.csv"), MEASURED);

    assertThat(plan("--measurements", "steps.csv")).as(shell.err()).isZero();
    assertThat(shell.out())
        .startsWith("measured: 5 structures on 4 tasks of the loop, sums in 2 shards\nbase ")
        .contains("leave-one-out RMSE ")
        .contains("\n[1,2,8,16]")
        .contains("\nrecommended ");

    JsonNode alone = planned("--measurements", "steps.csv").path("cases").get(0);
    assertThat(alone.path("rows")).hasSize(5);
    assertThat(alone.at("/plan/structure").asText()).endsWith(",16]");

    JsonNode run = planned("spec.yaml", "--measurements", "steps.csv");
    assertThat(run.at("/model/perSum").asDouble())
        .isCloseTo(run.at("/fit/perSum").asDouble(), within(1e-12));
    assertThat(run.at("/model/perHop").asDouble())
        .isCloseTo(run.at("/fit/perHop").asDouble(), within(1e-12));
    assertThat(run.at("/model/placement").asText())
        .isEqualTo("4 tasks of the loop, sums in 2 shards");
  }

  @Test
  void aConstantThatIsHeldAtZeroIsTold() throws IOException {
    Files.writeString(
        directory.resolve("steps.csv"),
        "structure,seconds\n1-100,30\n1-10-100,13.5\n1-4-20-100,11.6\n1-2-10-50-100,11.6\n1-2-100,19.9\n");

    assertThat(plan("--measurements", "steps.csv")).isZero();

    assertThat(shell.out()).containsPattern("per hop would be -0\\.\\d+ s, set to 0");
  }

  @Test
  void ofSeveralCasesOneIsNamed() throws IOException {
    Files.writeString(
        directory.resolve("two.csv"),
        Stream.of("A", "B")
            .map(name -> MEASURED.lines().skip(1).map(line -> name + "," + line + "\n"))
            .flatMap(lines -> lines)
            .reduce("case,structure,seconds,tasks,shards\n", String::concat));

    wrong("spec.yaml", "--measurements", "two.csv");
    assertThat(shell.err()).isEqualTo("drey: --case: is missing, must be one of [A, B]\n");
    wrong("--measurements", "two.csv", "--case", "C");
    assertThat(shell.err()).isEqualTo("drey: --case: is C, must be one of [A, B]\n");
    assertThat(planned("spec.yaml", "--measurements", "two.csv", "--case", "B").has("fit"))
        .isTrue();
    assertThat(planned("--measurements", "two.csv").path("cases")).hasSize(2);
  }

  @Test
  void measurementsThatDoNotTellAreRefused() throws IOException {
    Files.writeString(
        directory.resolve("steps.csv"), "structure,seconds\n1-16,1\n1-16,2\n1-16,3\n1-16,4\n");

    wrong("--measurements", "steps.csv");

    assertThat(shell.err())
        .contains("steps.csv: per sum cannot be determined: all structures have 16 sums")
        .contains("Measure also ");
  }

  @Test
  void aProfileIsReadAndTheOneThatWasUsedIsPrinted() throws IOException {
    JsonNode written = planned("spec.yaml").path("profile");
    assertThat(written).isEqualTo(ProfileFile.write(Profile.AWS_LAMBDA));
    Files.writeString(
        directory.resolve("slow.json"),
        written.toString().replaceFirst("\"fixedSeconds\":[0-9.]+", "\"fixedSeconds\":5"));

    JsonNode slow = planned("spec.yaml", "--profile", "slow.json");

    assertThat(slow.at("/parts/compute").asDouble()).isGreaterThan(5);
  }

  @Test
  void whatTheSpecificationLeavesOpenIsNotCompared() throws IOException {
    Files.writeString(
        directory.resolve("profile.json"), ProfileFile.write(Profile.LOCAL).toString());
    Files.writeString(
        directory.resolve("auto.yaml"),
        SPEC.replace("[1, 4, 16]", "auto").replace("2 GB", "auto")
            + "planning: {profile: profile.json, goal: time}\n");

    JsonNode json = planned("auto.yaml");

    assertThat(json.path("goal").asText()).isEqualTo("the shortest time");
    assertThat(json.path("profile")).isEqualTo(ProfileFile.write(Profile.LOCAL));
    assertThat(json.path("alternatives").findValuesAsText("name"))
        .doesNotContain("as the specification is")
        .contains("fastest");
  }

  @Test
  void theFrontIsValuesAndAPicture() throws Exception {
    JsonNode json = planned("spec.yaml", "--max-workers", "4", "--pareto", "front.svg");

    List<Map<String, String>> rows;
    try (var lines =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .<Map<String, String>>readValues(directory.resolve("front.csv").toFile())) {
      rows = lines.readAll();
    }
    assertThat(rows).hasSize(json.path("frontPlans").asInt()).hasSizeGreaterThan(10);
    for (int i = 1; i < rows.size(); i++) {
      assertThat(number(rows.get(i), "step_seconds"))
          .isGreaterThanOrEqualTo(number(rows.get(i - 1), "step_seconds"));
      assertThat(number(rows.get(i), "step_dollars"))
          .isLessThanOrEqualTo(number(rows.get(i - 1), "step_dollars"));
    }
    assertThat(rows.stream().filter(row -> row.get("chosen").equals("1")))
        .singleElement()
        .satisfies(
            row ->
                assertThat(number(row, "memory_mb")).isEqualTo(json.path("memoryMb").asDouble()));

    Element svg =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(noDoctype(directory.resolve("front.svg")))
            .getDocumentElement();
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(texts(svg))
        .contains("Time and cost of plans for spec", "recommended", "seconds per 512 examples")
        .anyMatch(text -> text.endsWith(" MB") && text.contains(json.path("structure").asText()));
    assertThat(longestPath(svg)).isGreaterThan(50);
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  /** The picture without what would be fetched from w3.org. */
  private static InputStream noDoctype(Path file) throws IOException {
    String text = Files.readString(file).replaceFirst("(?s)<!DOCTYPE.*?>", "");
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> texts(Element svg) {
    List<String> texts = new ArrayList<>();
    NodeList nodes = svg.getElementsByTagName("text");
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  /** Points of the path that has most of them. */
  private static int longestPath(Element svg) {
    NodeList paths = svg.getElementsByTagName("path");
    return IntStream.range(0, paths.getLength())
        .map(i -> ((Element) paths.item(i)).getAttribute("d").split("L", -1).length)
        .max()
        .orElse(0);
  }

  @Test
  void aFrontThatCannotBeWrittenIsTold() throws IOException {
    wrong("spec.yaml", "--goal", "money", "--pareto", "no/such/place/front.csv");

    assertThat(shell.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("drey: --goal: is \"money\""))
        .anyMatch(
            line ->
                line.startsWith("drey: --pareto: is ")
                    && line.endsWith("no/such/place/front.csv, whose directory does not exist"));

    wrong("--paper", "--memory-curves", "nowhere/curves.csv");

    assertThat(shell.err())
        .startsWith("drey: --memory-curves: is ")
        .endsWith("nowhere/curves.csv, whose directory does not exist\n");
  }

  @Test
  void thePaperIsPredictedAndPlanned() throws IOException {
    JsonNode cases = planned("--paper").path("cases");

    assertThat(cases.findValuesAsText("case")).containsExactly("A", "B");
    assertThat(cases.get(0).path("looRmse").asDouble()).isLessThan(0.8);
    assertThat(cases.get(1).path("looRmse").asDouble()).isLessThan(2.5);
    for (JsonNode one : cases) {
      assertThat(one.path("rows")).hasSize(10);
      assertThat(one.at("/rows/0/structure").asText()).isEqualTo("[1,5,22,100]");
      assertThat(one.at("/rows/0/leaveOneOutSeconds").isNumber()).isTrue();
      assertThat(one.at("/best/seconds").asDouble())
          .isLessThanOrEqualTo(one.at("/paper/predictedSeconds").asDouble());
    }
    assertThat(cases.get(0).at("/paper/dollars").asDouble()).isCloseTo(0.0095, within(5e-5));
    assertThat(cases.get(1).at("/paper/dollars").asDouble()).isCloseTo(0.0988, within(5e-5));

    open();
    assertThat(plan("--paper")).isZero();
    assertThat(shell.out())
        .contains("case A: 100 workers of 512 MB\nbase 6.798 s, per sum 0.1727 s")
        .contains("[1,10,50,100]         10.69        11.51  +7.7 %            11.66")
        .contains("the paper's choice, measured      [1,5,22,100]    39.46   0.0988");
  }

  @Test
  void thePapersMemoryCurvesAreWrittenByTheMegabyte() throws IOException {
    assertThat(plan("--paper", "--memory-curves", "curves.csv")).isZero();

    List<String> lines = Files.readAllLines(directory.resolve("curves.csv"));
    assertThat(lines).hasSize(1 + 2 * (10_240 - 128 + 1));
    assertThat(lines.get(0)).isEqualTo("case,memory_mb,seconds,dollars,ratio");
    // At the memory size that was measured, the curve is the fit.
    String[] a = lines.get(1 + 512 - 128).split(",", -1);
    double best = planned("--paper").at("/cases/0/best/seconds").asDouble();
    assertThat(Double.parseDouble(a[2])).isCloseTo(best, within(1e-9));
    assertThat(Double.parseDouble(a[3])).isCloseTo(1.63e-8 * 100 * 512 * best, within(1e-12));
  }

  @Test
  void allThatIsWrongIsTold() throws IOException {
    wrong("none.yaml", "--profile", "none.json", "--measurements", "none.csv", "--workers", "0");
    assertThat(shell.err().lines())
        .hasSize(4)
        .contains("drey: --workers: is 0, must be a whole number from 1 to 100,000")
        .anyMatch(line -> line.endsWith("none.yaml: does not exist"))
        .anyMatch(line -> line.endsWith("none.json: does not exist"))
        .anyMatch(line -> line.endsWith("none.csv: does not exist"));

    wrong();
    assertThat(shell.err())
        .isEqualTo(
            "drey: SPEC: is missing; or give --workers, --measurements or --paper instead\n");
    wrong("--workers", "3", "--goal", "time", "--pareto", "x", "--case", "A");
    assertThat(shell.err().lines())
        .containsExactlyInAnyOrder(
            "drey: --goal: is given, needs SPEC",
            "drey: --pareto: is given, needs SPEC",
            "drey: --case: is given without --measurements");
    wrong("spec.yaml", "--parameters", "3", "--memory-curves", "x");
    assertThat(shell.err().lines())
        .containsExactly(
            "drey: --memory-curves: is given without --paper",
            "drey: --parameters: is given beside SPEC, whose network has them");
    wrong("spec.yaml", "--paper", "--goal", "time");
    assertThat(shell.err().lines())
        .containsExactly(
            "drey: --goal: is given beside --paper, leave one out",
            "drey: spec.yaml: is given beside --paper, leave one out");
    assertThat(directory).isDirectoryNotContaining("glob:**x.svg");
  }

  @Test
  void localStepsLongerThanTheEpochAreRefused() throws IOException {
    Files.writeString(directory.resolve("x.csv"), "x,y\n" + "1,2\n".repeat(100));
    Files.writeString(
        directory.resolve("small.yaml"),
        """
        network: {layers: [{dense: {units: 1}}], loss: mean-squared-error}
        data: {format: csv, file: x.csv, feature-columns: [x], label-columns: [y], test: {fraction: 0}}
        training: {mini-batch: 10}
        """);

    wrong("small.yaml", "--local-steps", "6");

    assertThat(shell.err()).startsWith("drey: --local-steps: local steps are 6, must be in [1, 5]");
  }

  @Test
  void anEpochSmallerThanAStepIsAStep() throws IOException {
    Files.writeString(directory.resolve("x.csv"), "x,y\n" + "1,2\n".repeat(7));
    Files.writeString(
        directory.resolve("small.yaml"),
        """
        network: {layers: [{dense: {units: 1}}], loss: mean-squared-error}
        data: {format: csv, file: x.csv, feature-columns: [x], label-columns: [y], test: {fraction: 0}}
        """);

    JsonNode json = planned("small.yaml");

    assertThat(json.at("/epoch/seconds")).isEqualTo(json.at("/step/seconds"));
  }
}
