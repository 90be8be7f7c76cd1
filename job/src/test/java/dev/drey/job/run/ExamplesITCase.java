package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.model.Summary;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.specification.RunSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first epochs of the examples. The limits leave room: the comments say what came of them. */
@Timeout(600)
class ExamplesITCase {

  @TempDir private Path root;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  private Summary train(String example, int epochs) throws Exception {
    RunSpecification specification =
        RunSpecification.read(
            SmallRun.HOME.resolve("examples").resolve(example),
            Map.of("training.epochs", String.valueOf(epochs), "workers.runtime", "in-process"));
    PreparedRun run =
        new PreparedRun(
            GivenPlan.of(specification),
            PreparedData.open(specification),
            Files.createDirectories(root.resolve("run")),
            Map.of(),
            Optional.empty(),
            Optional.empty());
    return new LocalTraining(SmallRun.HOME).run(run, new Watch(), new StopSignal()).summary();
  }

  @Test
  void leNetTellsClothesApartAfterOneEpoch() throws Exception {
    assertThat(train("fashion-lenet.yaml", 1).testAccuracy()).isGreaterThan(0.6); // a guess 0.1
  }

  @Test
  void anLstmTellsLanguagesBetterThanAGuessAfterOneEpoch() throws Exception {
    assertThat(train("words-lstm.yaml", 1).testAccuracy()).isGreaterThan(0.4); // a guess 0.2
  }

  @Test
  void aNetworkKnowsTheWeatherBetterThanALineAfterThreeEpochs() throws Exception {
    assertThat(train("weather-mlp.yaml", 3).testLoss()).isLessThan(10); // a line 25.3
  }
}
