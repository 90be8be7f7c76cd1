package dev.drey.job.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnFunctions;
import dev.drey.core.plan.OnTasks;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

  private static List<MeasuredCase> read(String text) throws IOException, SpecificationException {
    return Measurements.read(
        "steps.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> faults(String text) throws IOException {
    try {
      return List.of("read: " + read(text));
    } catch (SpecificationException e) {
      return e.faults().stream().map(Fault::toString).toList();
    }
  }

  @Test
  void aLineIsAStructureAndItsSeconds() throws Exception {
    List<MeasuredCase> cases = read("structure,seconds\n1-5-22-100,11.4\n\"[1, 100]\",24.3\n");

    assertThat(cases)
        .containsExactly(
            new MeasuredCase(
                "",
                new OnFunctions(),
                0,
                0,
                List.of(
                    new Measurement(Structure.of(1, 5, 22, 100), 11.4),
                    new Measurement(Structure.of(1, 100), 24.3))));
    assertThat(cases.get(0).slots()).isEqualTo(100);
  }

  @Test
  void casesAreApartAndSecondsOfAllIterationsAreDivided() throws Exception {
    List<MeasuredCase> cases =
        read(
            """
            # measured last week
            case,structure,total_seconds,iterations,memory_mb,deviation
            A,1-2,10,4,512,0.1

            B,1-2,10,5,1536,0.1
            A,1-1-2,12,4,512,0.1
            """);

    assertThat(cases).extracting(MeasuredCase::name).containsExactly("A", "B");
    assertThat(cases).extracting(MeasuredCase::memoryMb).containsExactly(512, 1536);
    assertThat(cases.get(0).rows()).extracting(Measurement::seconds).containsExactly(2.5, 3.0);
    assertThat(cases.get(1).rows()).extracting(Measurement::seconds).containsExactly(2.0);
  }

  @Test
  void tasksAndShardsTellThatTheTreeIsADataflow() throws Exception {
    assertThat(read("structure,seconds,tasks,shards\n1-2,1,2,8\n").get(0).placement())
        .isEqualTo(new OnTasks(2, 8));
    assertThat(read("structure,seconds,tasks\n1-2,1,2\n").get(0).placement())
        .isEqualTo(new OnTasks(2, 1));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    List<Measurement> rows =
        List.of(
            new Measurement(Structure.of(1, 5, 22, 100), 1.0 / 3),
            new Measurement(Structure.of(1, 100), 1e-5));

    assertThat(read(Measurements.csv(rows, new OnTasks(2, 8), 42_601)))
        .containsExactly(new MeasuredCase("", new OnTasks(2, 8), 0, 42_601, rows));
  }

  @Test
  void everyFaultIsToldWithItsLine() throws IOException {
    assertThat(
            faults(
                """
                structure,seconds,case,tasks
                1-5-2,1,A,2
                1-2,-3,A,0
                1-2,NaN,A,2
                1-2,1
                one-2,Infinity,A,2
                1-2,1,A,2
                1-2,1,A,3
                1-200000,1,A,2
                1-2,,A,2
                """))
        .containsExactly(
            "steps.csv: structure [1, 5, 2]: a level of 2 nodes cannot feed 5, every node needs a"
                + " child (line 2)",
            "steps.csv: seconds is \"-3\", must be a number above 0, and at most a week per step"
                + " (line 3)",
            "steps.csv: tasks is \"0\", must be a whole number from 1 to 1000000 (line 3)",
            "steps.csv: seconds is \"NaN\", must be a number above 0, and at most a week per step"
                + " (line 4)",
            "steps.csv: has 2 columns, the header 4 (line 5)",
            "steps.csv: structure \"one-2\" must be whole numbers from the root, as 1,5,22,100"
                + " (line 6)",
            "steps.csv: seconds is \"Infinity\", must be a number above 0, and at most a week per step"
                + " (line 6)",
            "steps.csv: tree is 3 tasks and 1 shards, must be 2 tasks and 1 shards as in the other"
                + " rows of its case; or name another case (line 8)",
            "steps.csv: structure has 200000 slots, may have at most 100000 (line 9)",
            "steps.csv: seconds is \"\", must be a number above 0, and at most a week per step"
                + " (line 10)");
  }

  @Test
  void theHeaderMustNameWhatIsNeeded() throws IOException {
    assertThat(faults("")).containsExactly("steps.csv: is empty, must start with a header line");
    assertThat(faults("structur,total_seconds,shards\n1-2,1,1\n"))
        .containsExactly(
            "steps.csv: has no column \"structure\"; it has [structur, total_seconds, shards]"
                + " (line 1)",
            "steps.csv: has no column \"iterations\"; it has [structur, total_seconds, shards]"
                + " (line 1)",
            "steps.csv: has no column \"tasks\"; it has [structur, total_seconds, shards] (line 1)");
    assertThat(faults("structure\n1-2\n"))
        .containsExactly(
            "steps.csv: has the columns [structure], must have either seconds, or total_seconds"
                + " and iterations (line 1)");
    assertThat(faults("structure,seconds,seconds\n1-2,1,1\n"))
        .containsExactly("steps.csv: has more than one column \"seconds\" (line 1)");
    assertThat(faults("structure,seconds\n"))
        .containsExactly("steps.csv: is the last line, must be followed by measurements (line 1)");
  }

  @Test
  void sizesAreBounded() throws IOException {
    assertThat(faults("structure,seconds\n" + "1-2,1\n".repeat(Measurements.MAX_ROWS + 1)))
        .containsExactly("steps.csv: is one row more than 1000, the limit (line 1002)");
    assertThat(faults("x".repeat(Measurements.MAX_BYTES + 1)))
        .containsExactly("steps.csv: has more than 1048576 bytes, the limit");
    assertThat(faults("structure,seconds\n" + "1-".repeat(40) + "2,1\n"))
        .containsExactly("steps.csv: structure has 40 levels, may have at most 30 (line 2)");
  }

  @Test
  void aFileThatIsNotThereIsAFault() {
    assertThatExceptionOfType(SpecificationException.class)
        .isThrownBy(() -> Measurements.read(Path.of("nowhere.csv")))
        .withMessage("nowhere.csv: does not exist");
  }
}
