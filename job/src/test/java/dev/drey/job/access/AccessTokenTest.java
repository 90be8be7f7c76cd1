package dev.drey.job.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokenTest {

  @TempDir private Path directory;

  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("tmp/token");
  }

  @Test
  void onlyItsOwnerReadsItsFile() throws Exception {
    AccessToken created = AccessToken.create(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(AccessToken.read(file).authorization()).isEqualTo(created.authorization());
    assertThat(Files.readString(file).trim()).matches("[0-9a-f]{64}");
  }

  @Test
  void aNewOneReplacesTheFileAndIsAnother() throws Exception {
    AccessToken first = AccessToken.create(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    AccessToken second = AccessToken.create(file);

    assertThat(second.authorization()).isNotEqualTo(first.authorization());
    assertThat(second.isIn(first.authorization())).isFalse();
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws Exception {
    Path other = Files.writeString(directory.resolve("other"), "mine");
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, other);

    assertThat(AccessToken.create(file)).hasToString("AccessToken");

    assertThat(other).hasContent("mine");
    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @Test
  void itIsABearersTokenOrABrowsersPassword() throws Exception {
    AccessToken token = AccessToken.create(file);
    String text = Files.readString(file).trim();

    assertThat(token.isIn("Bearer " + text)).isTrue();
    assertThat(token.isIn(" bearer  " + text + " ")).isTrue();
    assertThat(token.isIn("Basic " + base64("anyone:" + text))).isTrue();
    assertThat(token.isIn("Basic " + base64(":" + text + "\n"))).isTrue();
    assertThat(token.isIn(text)).isFalse();
    assertThat(token.isIn("Digest " + text)).isFalse();
    assertThat(token.isIn("Bearer " + text.substring(1))).isFalse();
    assertThat(token.isIn("Bearer ")).isFalse();
    assertThat(token.isIn("Basic " + base64("anyone:"))).isFalse();
    assertThat(token.isIn("Basic !")).isFalse();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aFileThatWasCutShortIsRefused() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");

    assertThatThrownBy(() -> AccessToken.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " has a token of 0 characters, must be 64");
  }
}
