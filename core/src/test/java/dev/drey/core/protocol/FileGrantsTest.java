package dev.drey.core.protocol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileGrantsTest {

  private static final String FUNCTION = "AWS_LAMBDA_RUNTIME_API";

  @TempDir Path root;

  private Path data;
  private Path secret;

  @BeforeEach
  void files() throws IOException {
    data = Files.createDirectories(root.resolve("with space/data"));
    Files.writeString(data.resolve("x.csv"), "x");
    secret = Files.writeString(root.resolve("secret"), "s");
  }

  @Test
  void whatIsBelowAGrantedDirectoryMayBeOpenedAndNothingElse() {
    FileGrants grants = FileGrants.of(List.of(data));

    assertGranted(grants, data.resolve("x.csv"));
    assertGranted(grants, data.resolve("sub/not-yet-there"));
    assertGranted(grants, data);
    assertRefused(grants, secret);
    assertRefused(grants, root.resolve("with space/data2"));
    assertRefused(grants, root.resolve("no-such-file"));
    assertRefused(grants, data.resolve("../../secret"));
  }

  @Test
  void aGrantedFileIsThatFileAlone() {
    FileGrants grants = FileGrants.of(List.of(data.resolve("x.csv")));

    assertGranted(grants, data.resolve("x.csv"));
    assertRefused(grants, data.resolve("x.csv.old"));
    assertRefused(grants, data);
  }

  @Test
  void aLinkThatLeadsOutIsRefused() throws IOException {
    FileGrants grants = FileGrants.of(List.of(data));
    Files.createSymbolicLink(data.resolve("to-file"), secret);
    Files.createSymbolicLink(data.resolve("to-root"), root);
    Path inner = Files.createDirectories(root.resolve("elsewhere/inner"));
    Files.writeString(root.resolve("elsewhere/x.csv"), "another");
    Files.createSymbolicLink(data.resolve("to-inner"), inner);

    assertRefused(grants, data.resolve("to-file"));
    assertRefused(grants, data.resolve("to-root/secret"));
    // Normalized it is the granted data/x.csv; as it is, the system opens elsewhere/x.csv.
    assertRefused(grants, data.resolve("to-inner/../x.csv"));
  }

  @Test
  void aGrantMayItselfBeALink() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), data);

    assertGranted(FileGrants.of(List.of(link)), link.resolve("x.csv"));
    assertRefused(FileGrants.of(List.of(link)), data.resolve("x.csv"));
  }

  @Test
  void aProcessReadsItsGrantsFromItsEnvironment() {
    FileGrants grants =
        FileGrants.in(FileGrants.of(List.of(data, root.resolve("secret"))).environment());

    assertGranted(grants, data.resolve("x.csv"));
    assertGranted(grants, secret);
    assertRefused(grants, root);
    assertRefused(FileGrants.in(Map.of(FileGrants.VARIABLE, "")), secret);
  }

  @Test
  void withoutGrantsAFunctionOpensFilesOnAwsOnly() {
    assertGranted(FileGrants.in(Map.of()), secret);
    assertGranted(
        FileGrants.in(Map.of(FUNCTION, "1", "AWS_EXECUTION_ENV", "AWS_Lambda_java21")), secret);
    assertRefused(FileGrants.in(Map.of(FUNCTION, "127.0.0.1:9")), secret);
  }

  @Test
  void grantsThatAreNotUrisOfFilesAreRefused() {
    for (String bad : List.of("/data", "s3://bucket/x", "file:///a :b")) {
      assertThatThrownBy(() -> FileGrants.in(Map.of(FileGrants.VARIABLE, bad)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("DREY_FILES has \"");
    }
  }

  @Test
  void otherSchemesAreLeftToTheStores() {
    FileGrants grants = FileGrants.of(List.of());

    assertThatCode(() -> grants.check(URI.create("s3://bucket/x"))).doesNotThrowAnyException();
  }

  private static void assertGranted(FileGrants grants, Path path) {
    assertThatCode(() -> grants.check(path.toUri())).doesNotThrowAnyException();
  }

  private static void assertRefused(FileGrants grants, Path path) {
    assertThatThrownBy(() -> grants.check(path.toUri()))
        .isInstanceOf(FileNotGrantedException.class)
        .hasMessage(
            "this worker may not open "
                + path
                + ": it is not below a file or directory of DREY_FILES");
  }
}
