package dev.drey.benchmarks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassSizeTest {

  private static final int MOST_LINES = 250;

  /** How the Javadoc of a longer class begins to say why. */
  private static final String REASON = "Longer than " + MOST_LINES + " lines because ";

  @Test
  void noClassIsLongWithoutAReason() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Path file : SourceTree.files().values()) {
      String text = Files.readString(file);
      long lines = text.lines().count();
      if (lines > MOST_LINES && !hasReason(text)) {
        problems.add("%s has %d lines".formatted(file, lines));
      }
    }

    assertThat(problems)
        .as("longer than %d lines, and no Javadoc says \"%s...\"", MOST_LINES, REASON)
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/** A. Longer than 250 lines because it is generated. */",
        "/**\n * A. Longer than 250\n * lines because it is generated.\n */"
      })
  void aReasonMayBeBrokenOverLines(String text) {
    assertThat(hasReason(text)).isTrue();
  }

  private static boolean hasReason(String text) {
    return text.replaceAll("\\s+(\\*\\s+)?", " ").contains(REASON);
  }
}
