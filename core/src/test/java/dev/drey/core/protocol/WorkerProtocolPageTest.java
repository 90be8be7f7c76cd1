package dev.drey.core.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Named;
import dev.drey.core.layer.Padding;
import dev.drey.core.network.Loss;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/worker-protocol.md shows is what the code says. */
class WorkerProtocolPageTest {

  private static final Path PAGE = Path.of("..", "docs", "worker-protocol.md");

  private static final Pattern BLOCK =
      Pattern.compile("<!-- golden: ([a-z-]+) -->\n```json\n(.*?)\n```", Pattern.DOTALL);

  @Test
  void everyGoldenFileIsOnThePageKeyForKey() throws IOException {
    Map<String, String> shown = new LinkedHashMap<>();
    for (MatchResult block : BLOCK.matcher(Files.readString(PAGE)).results().toList()) {
      shown.put(block.group(1), new ObjectMapper().readTree(block.group(2)).toString());
    }

    assertThat(shown).containsOnlyKeys(GoldenFiles.names());
    for (Map.Entry<String, String> block : shown.entrySet()) {
      String golden = new String(GoldenFiles.read(block.getKey() + ".json"), UTF_8);
      assertThat(block.getValue()).isEqualTo(golden);
    }
  }

  @Test
  void noJsonBlockIsWithoutItsGoldenFile() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(page.split("```json\n", -1)).hasSize(GoldenFiles.names().size() + 1);
  }

  @Test
  void theDataSetOfTheExampleIsOnThePage() throws IOException {
    String csv = new String(GoldenFiles.read("flowers.csv"), UTF_8);

    assertThat(Files.readString(PAGE)).contains("```csv\n" + csv + "```");
  }

  @Test
  void everyReasonIsOnThePageWithWhatTheJobDoes() throws IOException {
    String page = Files.readString(PAGE);
    for (WorkAnswer.Reason reason : WorkAnswer.Reason.values()) {
      String name = new ObjectMapper().convertValue(reason, String.class);
      assertThat(page)
          .containsPattern(
              "\\| `"
                  + name
                  + "` \\| .* \\| "
                  + (reason.retryable() ? "tries again.*" : "fails the run.*")
                  + " \\|");
    }
  }

  @Test
  void theNumbersOnThePageAreTheCodes() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(page)
        .contains("# The worker protocol, version " + WorkRequest.PROTOCOL)
        .contains(String.format(Locale.ROOT, "**%,d bytes**", ProtocolJson.MAX_MESSAGE_BYTES));
    assertThat(numbers(page, "W1 = ", "```")).containsExactly(ExampleMessages.FLOWER_WEIGHTS);
    assertThat(numbers(page, "dW1 = ", "```")).containsExactly(ExampleMessages.FLOWER_GRADIENT);
    assertThat(page).contains(String.valueOf(ExampleMessages.FLOWER_LOSS));
  }

  @Test
  void everyKindOfLayerAndLossIsOnThePageWithItsKeys() throws IOException {
    String page = Files.readString(PAGE);
    for (Class<?> alternatives : List.of(LayerSpec.class, Loss.class, Padding.class)) {
      for (JsonSubTypes.Type kind : alternatives.getAnnotation(JsonSubTypes.class).value()) {
        String row =
            page.lines()
                .filter(line -> line.contains("`" + kind.name() + "`"))
                .collect(Collectors.joining());
        assertThat(row).as(kind.name()).isNotEmpty();
        for (RecordComponent key : kind.value().getRecordComponents()) {
          assertThat(kind.value() == Named.class ? page : row)
              .as(kind.name())
              .contains("`" + key.getName() + "`");
        }
      }
    }
  }

  @Test
  void everyActivationIsOnThePage() throws IOException {
    for (Activation activation : Activation.values()) {
      assertThat(Files.readString(PAGE))
          .contains("\n| `" + new ObjectMapper().convertValue(activation, String.class) + "` |");
    }
  }

  /** The numbers of a text block, from the line that starts so; those of names do not count. */
  private static float[] numbers(String page, String start, String end) {
    int from = page.indexOf("\n" + start);
    String block = page.substring(from, page.indexOf(end, from)).replaceAll("[a-zA-Z]+\\d", "");
    List<String> numbers =
        Pattern.compile("-?\\d+(\\.\\d+)?")
            .matcher(block)
            .results()
            .map(MatchResult::group)
            .toList();
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(numbers.get(i));
    }
    return values;
  }
}
