package dev.drey.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {

  @TempDir private Path directory;

  @Test
  void theFileHasEveryKeyAndNullForWhatIsUnknown() throws IOException {
    Path file = directory.resolve("summary.json");

    Map<String, Long> dropped = new LinkedHashMap<>();
    dropped.put("late", 20L);
    dropped.put("not-finite", 10L);
    new Summary(
            0.853,
            Double.NaN,
            630,
            10,
            80_000,
            80_030,
            dropped,
            20,
            21.5,
            3720.9,
            1260,
            2,
            15_000,
            0.0123,
            "ab12",
            null,
            Map.of("flights-1", new Summary.Partition(80_050, 80_000, 30, 10, 10)))
        .write(file);

    assertThat(Files.readString(file))
        .isEqualToIgnoringWhitespace(
            """
            {
              "testAccuracy": 0.853,
              "testLoss": null,
              "steps": 630,
              "epochs": 10.0,
              "examples": 80000,
              "offered": 80030,
              "dropped": {"late": 20, "not-finite": 10},
              "putBack": 20,
              "seconds": 21.5,
              "examplesPerSecond": 3720.9,
              "invocations": 1260,
              "coldStarts": 2,
              "billedMs": 15000,
              "dollars": 0.0123,
              "weightsSha256": "ab12",
              "optimizerSha256": null,
              "partitions": {
                "flights-1": {
                  "nextOffset": 80050, "trained": 80000, "heldOut": 30, "rejected": 10,
                  "lost": 10
                }
              }
            }
            """);
  }
}
