package dev.drey.job.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRootTest {

  @TempDir private Path directory;
  private VersionRoot root = new VersionRoot(URI.create("file:///"));

  @BeforeEach
  void makeVersions() throws IOException {
    Files.createDirectories(directory.resolve("models/version-1"));
    Files.createDirectories(directory.resolve("models-2/version-1"));
    Files.createDirectories(directory.resolve("secret"));
    root = new VersionRoot(directory.resolve("models").toUri());
  }

  private void accepts(String place) {
    assertThatCode(() -> root.check(place)).doesNotThrowAnyException();
  }

  private void refuses(String place, String why) {
    assertThatThrownBy(() -> root.check(place))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aVersionBelowTheDirectoryIsAccepted() {
    accepts(directory.resolve("models/version-1").toString());
    accepts(directory.resolve("models/version-1").toUri().toString());
    accepts("file:" + directory.resolve("models/version-1"));
  }

  @Test
  void aPlaceOutsideOfTheDirectoryIsRefused() {
    refuses(directory.resolve("secret").toString(), "is not below");
    refuses(directory.resolve("models").toString(), "is not below");
    refuses(directory.resolve("models-2/version-1").toString(), "is not below");
    refuses(directory.resolve("models") + "/../secret", "is not below");
    refuses("s3://models/version-1", "is not below");
    refuses("http://169.254.169.254/latest", "is not below");
    assertThatThrownBy(() -> root.check(directory.resolve("models/gone").toString()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void linksThatLeadOutsideAreRefused() throws IOException {
    Files.createSymbolicLink(directory.resolve("models/link"), directory.resolve("secret"));
    Files.writeString(directory.resolve("secret/account.json"), "{}");
    Files.createSymbolicLink(
        directory.resolve("models/version-1/account.json"),
        directory.resolve("secret/account.json"));
    Files.createSymbolicLink(directory.resolve("alias"), directory.resolve("models"));
    Files.createDirectories(directory.resolve("models/version-2"));

    refuses(directory.resolve("models/link").toString(), "is not below");
    refuses(directory.resolve("models/version-1").toString(), "is not below");
    accepts(directory.resolve("alias/version-2").toString()); // a link into the directory
  }

  @Test
  void placesInAStoreAreComparedByTheirNames() {
    root = new VersionRoot(URI.create("s3://models/flights"));

    accepts("s3://models/flights/version-1");
    refuses("s3://models/flights-2/version-1", "is not below s3://models/flights");
    refuses("s3://models/flights/../others/version-1", "is not below");
    refuses("s3://others/flights/version-1", "is not below");
    refuses("/flights/version-1", "is not below");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[", "relative", " ", "file:", "s3:", "://", "/a\u0000b"})
  void whatIsNoPlaceIsRefused(String place) {
    assertThatThrownBy(() -> root.check(place)).isInstanceOf(IOException.class);
  }
}
