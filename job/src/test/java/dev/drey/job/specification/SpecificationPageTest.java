package dev.drey.job.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SpecificationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "specification.md");

  @Test
  void theCommittedPageIsTheCodes() throws IOException {
    String page = SpecificationPage.render();
    if (Boolean.getBoolean("drey.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "no page")
        .as(
            "docs/specification.md is not what the code says; write it again with"
                + " mvn -q -pl job -am test -Dtest=SpecificationPageTest -Ddrey.write=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false")
        .isEqualTo(page);
  }

  @Test
  void everyKeyHasARowWithItsDefault() {
    assertThat(SpecificationPage.render())
        .contains("| `mini-batch` | a whole number from 1 to 1,000,000 | 64 | examples per slot")
        .contains("| `layers[].dense.units` | a whole number of at least 1 | **must be given** |")
        .contains("| `optimizer.adam.epsilon` | a number above 0 | 1e-8 |")
        .contains("| `learning-rate.schedule.cosine.over` |")
        .contains("| `test.fraction` | a number from 0 to below 1 | 0.1, without test files |");
  }
}
