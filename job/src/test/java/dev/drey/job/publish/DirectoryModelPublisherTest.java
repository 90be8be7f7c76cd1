package dev.drey.job.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.model.Fingerprint;
import dev.drey.job.model.WeightsFile;
import dev.drey.operators.publish.Candidate;
import dev.drey.operators.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryModelPublisherTest {

  @TempDir private Path directory;

  private Publication publish(Candidate candidate) throws IOException {
    return new DirectoryModelPublisher(
            directory.toUri().toString(), Candidates.RUN, Candidates.MODEL, null)
        .publish(candidate);
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aVersionIsPublishedWithWhatItWasTrainedOn() throws IOException {
    Candidate candidate = Candidates.of(40, 1);

    Publication publication = publish(candidate);

    assertThat(names(directory)).containsExactly("version-000000000040");
    Path place = directory.resolve("version-000000000040");
    assertThat(names(place)).containsExactly("account.json", "model.onnx", "weights.npz");
    assertThat(WeightsFile.read(place.resolve("weights.npz"), Candidates.NETWORK))
        .isEqualTo(candidate.weights());
    JsonNode account = new ObjectMapper().readTree(place.resolve("account.json").toFile());
    assertThat(account.at("/weightsSha256").textValue())
        .isEqualTo(publication.sha256())
        .isEqualTo(Fingerprint.of(candidate.weights()));
    assertThat(account.at("/partitions/a-1/nextOffset").longValue()).isEqualTo(45 * 40);
    assertThat(account.at("/partitions/b-0/trained").longValue()).isEqualTo(60 * 40);
    assertThat(publication.place()).isEqualTo(place.toUri().getScheme() + ":" + place);
  }

  @Test
  void theSameVersionAgainIsLeftAsItIs() throws IOException {
    Publication first = publish(Candidates.of(40, 1));
    Path weights = directory.resolve("version-000000000040/weights.npz");
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(weights, longAgo);

    assertThat(publish(Candidates.of(40, 1))).isEqualTo(first);

    assertThat(Files.getLastModifiedTime(weights)).isEqualTo(longAgo);
  }

  @Test
  void anotherVersionOfTheSameNumberReplacesWhatIsThere() throws IOException {
    publish(Candidates.of(40, 1));
    Path place = directory.resolve("version-000000000040");
    Files.writeString(place.resolve("of-before"), "");
    Candidate other = Candidates.of(40, 2);

    Publication publication = publish(other);

    assertThat(publication.sha256()).isEqualTo(Fingerprint.of(other.weights()));
    assertThat(names(directory)).containsExactly("version-000000000040");
    assertThat(names(place)).containsExactly("account.json", "model.onnx", "weights.npz");
    assertThat(WeightsFile.read(place.resolve("weights.npz"), Candidates.NETWORK))
        .isEqualTo(other.weights());
    assertThat(Files.readString(place.resolve("account.json"))).contains(publication.sha256());
  }

  @Test
  void aVersionOfAnotherRunIsNeverReplaced() throws IOException {
    Publication first = publish(Candidates.of(40, 1));
    PublishingRun other = new PublishingRun("a-run", "other-id");
    DirectoryModelPublisher publisher =
        new DirectoryModelPublisher(directory.toUri().toString(), other, Candidates.MODEL, null);

    assertThatThrownBy(() -> publisher.publish(Candidates.of(40, 2)))
        .isInstanceOf(SuppressRestartsException.class)
        .cause()
        .hasMessageContaining("version-000000000040 is of the run a-run with the id some-id")
        .hasMessageContaining("this run has the id other-id");
    assertThat(Files.readString(directory.resolve("version-000000000040/account.json")))
        .contains(first.sha256());
  }

  @Test
  void theNewestVersionSaysWhoseTheDirectoryIs() throws IOException {
    String place = directory.toUri().toString();
    assertThat(PublishingRun.newest(place)).isEmpty();
    assertThat(PublishingRun.newest(place + "/not-there")).isEmpty();
    publish(Candidates.of(40, 1));
    publish(Candidates.of(80, 1));
    Files.createDirectories(directory.resolve("version-000000000120")); // incomplete

    assertThat(PublishingRun.newest(place).orElseThrow())
        .contains("version-000000000080 is of the run a-run with the id some-id");
    assertThat(Candidates.RUN.otherIn(place)).isEmpty();
    assertThat(new PublishingRun("a-run", "other-id").otherIn(place)).isPresent();
    String old = "{\"run\": \"a-run\", \"version\": 80}"; // from before there were ids
    Files.writeString(directory.resolve("version-000000000080/account.json"), old);
    assertThat(new PublishingRun("a-run", "other-id").otherIn(place)).isEmpty();
    assertThat(new PublishingRun("b-run", "other-id").otherIn(place)).isPresent();
  }

  @Test
  void whatWasLeftHalfWrittenIsReplaced() throws IOException {
    Path place = Files.createDirectories(directory.resolve("version-000000000040"));
    Files.writeString(place.resolve("account.json"), "{\"run\"");
    Files.createDirectories(directory.resolve(".version-000000000040.partial/old"));

    Publication publication = publish(Candidates.of(40, 1));

    assertThat(names(directory)).containsExactly("version-000000000040");
    assertThat(Files.readString(place.resolve("account.json"))).contains(publication.sha256());
  }
}
