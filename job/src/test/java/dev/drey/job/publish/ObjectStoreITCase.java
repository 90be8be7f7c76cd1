package dev.drey.job.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.job.cluster.S3Server;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.run.SmallRun;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.operators.publish.Candidate;
import dev.drey.operators.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions in a real S3 server, through Flink's own file system. */
@Timeout(600)
class ObjectStoreITCase {

  @TempDir private static Path directory;
  private static S3Server server;

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start(directory);
    server.open();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  private static List<String> files(Path bucket) throws IOException {
    try (Stream<Path> all = Files.walk(bucket)) {
      return all.filter(Files::isRegularFile)
          .map(file -> bucket.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aVersionLiesInTheStoreWithItsAccountWrittenLast() throws Exception {
    Path bucket = server.bucket("models");
    DirectoryModelPublisher press =
        new DirectoryModelPublisher("s3://models/flights", Candidates.RUN, Candidates.MODEL, null);

    Publication publication = press.publish(Candidates.of(40, 1));

    assertThat(publication.place()).isEqualTo("s3://models/flights/version-000000000040");
    Path place = bucket.resolve("flights/version-000000000040");
    assertThat(files(place)).containsExactly("account.json", "model.onnx", "weights.npz");
    assertThat(Files.getLastModifiedTime(place.resolve("account.json")))
        .isGreaterThanOrEqualTo(Files.getLastModifiedTime(place.resolve("model.onnx")))
        .isGreaterThanOrEqualTo(Files.getLastModifiedTime(place.resolve("weights.npz")));
    assertThat(WeightsFile.read(place.resolve("weights.npz"), Candidates.NETWORK))
        .isEqualTo(Candidates.of(40, 1).weights());
  }

  @Test
  void theSameVersionIsLeftAndAnotherOfItsNumberReplacesIt() throws Exception {
    Path bucket = server.bucket("replaced");
    DirectoryModelPublisher press =
        new DirectoryModelPublisher("s3://replaced", Candidates.RUN, Candidates.MODEL, null);
    press.publish(Candidates.of(40, 1));
    Path weights = bucket.resolve("version-000000000040/weights.npz");
    Object written = Files.getLastModifiedTime(weights);

    press.publish(Candidates.of(40, 1));
    assertThat(Files.getLastModifiedTime(weights)).isEqualTo(written);

    assertThat(Candidates.RUN.otherIn("s3://replaced")).isEmpty();
    assertThat(new PublishingRun("a-run", "other-id").otherIn("s3://replaced"))
        .hasValueSatisfying(text -> assertThat(text).contains("with the id some-id"));
    Candidate other = Candidates.of(40, 2);
    Publication publication = press.publish(other);
    assertThat(WeightsFile.read(weights, Candidates.NETWORK)).isEqualTo(other.weights());
    assertThat(Files.readString(weights.resolveSibling("account.json")))
        .contains(publication.sha256());
  }

  @Test
  void aBucketThatIsNotThereFailsThePublication() {
    DirectoryModelPublisher press =
        new DirectoryModelPublisher("s3://nowhere/models", Candidates.RUN, Candidates.MODEL, null);

    assertThatThrownBy(() -> press.publish(Candidates.of(40, 1))).isInstanceOf(IOException.class);
  }

  @Test
  void aBucketThatIsNotThereIsToldBeforeTheStart() throws Exception {
    RunSpecification specification =
        RunSpecification.read(
            SmallRun.specification(directory.resolve("small.yaml")),
            Map.of("output.publish", "{every: 10, to: s3://nowhere/models}"));

    assertThatThrownBy(() -> PreparedInput.open(specification))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("output.publish.to: is s3://nowhere/models, which cannot be used");
  }
}
