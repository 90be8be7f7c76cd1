package dev.drey.job.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.job.specification.key.SpecificationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlinkOptionsTest {

  @TempDir Path directory;

  @Test
  void aSecretIsReadFromTheEnvironmentOrAFile() throws Exception {
    Files.writeString(directory.resolve("key"), "from file\n");
    Files.writeString(directory.resolve("my key"), "from another");

    assertThat(
            FlinkOptions.resolve(
                Map.of(
                    "s3.secret-key", "{env: KEY}",
                    "s3.access-key", "{env:KEY}",
                    "a.password", "{file: key}",
                    "b.password", "{ file : " + directory.resolve("key") + " }",
                    "c.password", "{file: 'my key'}",
                    "rest.port", "8082"),
                directory,
                Map.of("KEY", "from environment")))
        .isEqualTo(
            Map.of(
                "s3.secret-key", "from environment",
                "s3.access-key", "from environment",
                "a.password", "from file",
                "b.password", "from file",
                "c.password", "from another",
                "rest.port", "8082"));
  }

  @Test
  void sensitiveOptionsInTheClearAreRefusedAllAtOnceAndNotShown() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("s3.secret-key", "hunter2");
    given.put("rest.port", "8082");
    given.put("security.ssl.rest.key-password", "{env: }");

    assertThatThrownBy(() -> FlinkOptions.check(given))
        .isInstanceOf(SpecificationException.class)
        .hasMessage(
            "-D s3.secret-key: is given in the clear, which all users of this machine can read,"
                + " must be '{env: NAME}' or '{file: PATH}'\n"
                + "-D security.ssl.rest.key-password: is given in the clear, which all users of"
                + " this machine can read, must be '{env: NAME}' or '{file: PATH}'");
  }

  @Test
  void aReferenceForAnotherProcessHasAnAbsolutePath() throws Exception {
    Map<String, String> given = Map.of("a.password", "{file: key}", "b.password", "{env: KEY}");

    assertThat(FlinkOptions.absolute(given, directory))
        .isEqualTo(
            Map.of(
                "a.password",
                "{file: '" + directory.resolve("key") + "'}",
                "b.password",
                "{env: KEY}"));
  }

  @Test
  void aSwitchIsNotASecret() {
    assertThatCode(() -> FlinkOptions.check(Map.of("security.delegation.tokens.enabled", "false")))
        .doesNotThrowAnyException();
  }

  @Test
  void secretsThatAreMissingAreNamedAllAtOnce() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("s3.secret-key", "{env: NOT_THERE}");
    given.put("a.password", "{file: not-there}");

    assertThatThrownBy(() -> FlinkOptions.resolve(given, directory, Map.of()))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("-D s3.secret-key: environment variable NOT_THERE is not set")
        .hasMessageContaining(
            "-D a.password: secret file " + directory.resolve("not-there") + " cannot be read");
  }
}
