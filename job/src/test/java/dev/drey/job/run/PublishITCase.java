package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.model.Fingerprint;
import dev.drey.job.model.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions that leave a run on the way. */
@Timeout(600)
class PublishITCase {

  private static final int EXAMPLES = 100;

  @TempDir private static Path root;
  private static SmallRun calm;
  private static Outcome outcome;

  @BeforeAll
  static void trainOnce() throws Exception {
    calm = run("calm");
    outcome = calm.train();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone();
  }

  private static SmallRun run(String name) {
    return new SmallRun(root.resolve(name))
        .inProcess()
        .set("output.publish", "{every: 40}")
        .set("training.mini-batch", "50")
        .set("checkpoints.interval", "100ms");
  }

  @Test
  void everySoManyStepsAVersionIsPublishedWithWhatItWasTrainedOn() throws Exception {
    assertThat(publications(calm))
        .extracting(row -> row.get(0))
        .containsExactly("40", "80", "120", "160");
    Path published = calm.directory().resolve("published");
    assertThat(names(published))
        .containsExactly(
            "version-000000000040",
            "version-000000000080",
            "version-000000000120",
            "version-000000000160");
    Path last = published.resolve("version-000000000160");
    assertThat(names(last)).containsExactly("account.json", "model.onnx", "weights.npz");
    String weights =
        Fingerprint.of(
            WeightsFile.read(last.resolve("weights.npz"), calm.prepared().input().network()));
    assertThat(weights).isEqualTo(outcome.summary().weightsSha256());
    JsonNode account = new ObjectMapper().readTree(last.resolve("account.json").toFile());
    assertThat(account.get("version").longValue()).isEqualTo(160);
    assertThat(account.get("examples").longValue()).isEqualTo(160 * EXAMPLES);
    assertThat(account.get("weightsSha256").textValue()).isEqualTo(weights);
    assertThat(account.get("prequentialLoss").doubleValue()).isPositive();
  }

  @Test
  void afterFailuresEachVersionIsPublishedAndToldOnceWithTheSameBits() throws Exception {
    SmallRun failing = run("failing");

    FailingStore.Orders failures =
        FailingStore.failing(root, "-shard0-v50", "-shard0-v130"); // which follow a publication
    new LocalTraining(failures.setup()).run(failing.prepared(), new Watch(), new StopSignal());

    assertThat(failures.haveFailed()).isTrue();
    assertThat(failures.opened()).as("stores of three starts").isGreaterThanOrEqualTo(3);
    assertThat(publications(failing)).isEqualTo(publications(calm));
    assertThat(names(failing.directory().resolve("published")))
        .isEqualTo(names(calm.directory().resolve("published")));
  }

  /** Without the places. */
  private static List<List<String>> publications(SmallRun run) throws IOException {
    return Curve.read(run.directory().resolve("publications.csv")).rows().stream()
        .map(row -> row.subList(0, row.size() - 1))
        .toList();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
