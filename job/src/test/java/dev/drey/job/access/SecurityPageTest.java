package dev.drey.job.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.run.SmallRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecurityPageTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|ITCase))(?:\\.(\\w+))?`");

  private static Optional<Path> source(String test) throws IOException {
    for (String module :
        List.of("core", "worker", "operators", "connectors", "job", "benchmarks")) {
      try (Stream<Path> files =
          Files.walk(SmallRun.HOME.resolve(module).resolve("src/test/java"))) {
        Optional<Path> found = files.filter(file -> file.endsWith(test + ".java")).findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  @Test
  void everyTestThatThePageNamesIsThere() throws Exception {
    Matcher named = NAMED.matcher(Files.readString(SmallRun.HOME.resolve("docs/security.md")));
    int count = 0;
    while (named.find()) {
      Optional<Path> source = source(named.group(1));
      assertThat(source).as(named.group(1)).isPresent();
      if (named.group(2) != null) {
        assertThat(Files.readString(source.orElseThrow()))
            .as(named.group())
            .contains("void " + named.group(2) + "(");
      }
      count++;
    }
    assertThat(count).isGreaterThan(20);
  }
}
