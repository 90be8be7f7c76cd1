package dev.drey.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import dev.drey.job.specification.SpecText;
import dev.drey.job.specification.data.StreamText;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedStreamTest {

  private static PreparedStream prepared(String text) throws Exception {
    return new StreamDataCheck(SpecText.read(text), kafka -> Map.of("a", 2, "b", 3)).run();
  }

  private static List<String> faults(String text) {
    return catchThrowableOfType(SpecificationException.class, () -> prepared(text))
        .faults()
        .stream()
        .map(Fault::toString)
        .toList();
  }

  @Test
  void recordsBecomeWhatTheNetworkTakes() throws Exception {
    PreparedStream prepared = prepared(StreamText.SHORTEST);
    byte[] value = "{\"distance\": 500, \"delay\": 16}".getBytes(StandardCharsets.UTF_8);
    Encoder encoder = prepared.encoding().open(null);
    Example example = encoder.encode(new RawRecord(new Position("a-0", 0), 0, null, value));

    assertThat(prepared.network().input()).containsExactly(1);
    assertThat(prepared.partitions()).isEqualTo(5);
    assertThat(example.features()).containsExactly(0);
    assertThat(example.labels()).containsExactly(1);
    assertThat(prepared.resolved(SpecText.read(StreamText.SHORTEST)).network().input())
        .contains(List.of(1));
  }

  @Test
  void aNetworkThatDoesNotFitIsToldWithAllElse() {
    assertThat(
            faults(
                StreamText.SHORTEST
                    .replace("layers:\n", "input: [3]\n  layers:\n")
                    .replace("above: {field: delay, threshold: 15}", "number: {field: [a, b]}")))
        .containsExactlyInAnyOrder(
            "network.input: [3] is 3 values, the features of a record are 1",
            "data.label: has 2 values, the loss over 2 outputs takes 1");
    assertThat(
            faults(
                StreamText.SHORTEST.replace(
                    "above: {field: delay, threshold: 15}",
                    "category: {field: a, vocabulary: [b, c, d]}")))
        .containsExactly("data.label.category.vocabulary: has 3 words, the network has 2 classes");
  }

  @Test
  void whatIsKeptForReplaysHasItsLimit() throws Exception {
    String text =
        StreamText.SHORTEST.replace(
                "- number: {field: distance}", "- array: {field: distance, length: 999}")
            + "training: {drift: {reaction: {replay: {examples: %d}}}}\n";

    assertThat(faults(text.formatted(3995)))
        .containsExactly(
            "training.drift.reaction.replay.examples: is 3995, must be at most 3994: 4 times as"
                + " many are kept, of 4200 bytes each, in 64 MB");
    assertThat(prepared(text.formatted(3994)).partitions()).isEqualTo(5);
  }

  @Test
  void fieldsThatTheFormatLacksAreToldEachWithItsKey() {
    assertThat(
            faults(
                StreamText.SHORTEST
                        .replace("format: json", "format: {csv: {columns: [delay, origin]}}")
                        .replace("field: delay", "field: late")
                    + "  hold-out: {fraction: 0.1, field: id}\n"))
        .containsExactly(
            "data.features[0]: distance is not a column, the columns are delay, origin",
            "data.label: late is not a column, the columns are delay, origin",
            "data.hold-out.field: id is not a column, the columns are delay, origin");
  }

  @Test
  void fieldsThatTheSchemaLacksAreTold(@TempDir Path directory) throws Exception {
    Path schema = directory.resolve("flight.avsc");
    Files.writeString(
        schema,
        """
        {"type": "record", "name": "Flight", "fields": [{"name": "delay", "type": "int"}]}
        """);
    String text =
        StreamText.SHORTEST.replace("format: json", "format: {avro: {schema: " + schema + "}}");

    assertThat(faults(text))
        .containsExactly(
            "data.features[0]: distance is not a field of the schema: distance is not in Flight,"
                + " which has delay");
    Files.writeString(schema, "{");
    assertThat(faults(text))
        .singleElement()
        .asString()
        .startsWith("data.format: is not an Avro schema: ");
    Files.delete(schema);
    assertThat(faults(text))
        .singleElement()
        .asString()
        .startsWith("data.format: " + schema + " cannot be read: ");
  }

  @Test
  void aClassThatIsNotThereIsTold() {
    assertThat(faults(StreamText.CUSTOM))
        .containsExactly("data.format.custom.class: org.example.Flights is not on the class path");
    assertThat(faults(StreamText.CUSTOM.replace("input: [4]\n  ", "")))
        .containsExactly("network.input: is missing: the class of data.format does not give it");
  }
}
