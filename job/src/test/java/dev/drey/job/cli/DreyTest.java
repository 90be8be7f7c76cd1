package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.cli.shell.TestingShell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DreyTest {

  private final TestingShell shell = new TestingShell(Path.of("").toAbsolutePath());

  private int run(String... arguments) {
    return Drey.run(
        (run, listener, stop) -> {
          throw new AssertionError("nothing should run");
        },
        exchange -> {
          throw new AssertionError("nothing should run");
        },
        shell.shell(),
        arguments);
  }

  @Test
  void helpOfTrainNamesThePageAndTheKeys() {
    assertThat(run("train", "--help")).isZero();

    assertThat(shell.out())
        .contains("Usage: drey train")
        .contains("docs/specification.md")
        .contains("  checkpoints  how often the state of the run is saved")
        .contains("  130   interrupted, with the model saved");
  }

  @Test
  void everyCommandHasHelpWithExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(run("predict", "--help")).isZero();
    assertThat(run("inspect", "--help")).isZero();
    assertThat(run("plan", "--help")).isZero();
    assertThat(run("version", "--help")).isZero();

    assertThat(shell.out().split("Exit codes:", -1)).hasSize(6);
  }

  @Test
  void versionNamesDreyFlinkAndJava() {
    assertThat(run("version")).isZero();

    assertThat(shell.out())
        .contains("drey ")
        .contains("flink 2.")
        .contains("java " + System.getProperty("java.version"));
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("trian", "x")).isEqualTo(2);
    assertThat(run("train")).isEqualTo(2);
    assertThat(run("train", "x.yaml", "--nonsense")).isEqualTo(2);
    assertThat(run("predict", "dir")).isEqualTo(2);

    assertThat(shell.err()).contains("Did you mean: ", "drey train?").contains("'SPEC'");
  }

  @Test
  void aSpecificationThatIsNotThereIsAFault() {
    assertThat(run("train", "nothing-here.yaml")).isEqualTo(2);

    assertThat(shell.err()).contains("nothing-here.yaml: does not exist");
  }
}
