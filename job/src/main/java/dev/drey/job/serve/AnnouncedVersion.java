package dev.drey.job.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.core.stream.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A version of a model as announced in a topic.
 *
 * @param version steps applied
 * @param place URI of the directory with its files
 * @param sha256 SHA-256 of its weights, see {@link dev.drey.job.model.Fingerprint}
 */
record AnnouncedVersion(long version, String place, String sha256) {

  /** Characters of a value that a message shows. */
  private static final int MOST_SHOWN = 100;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Reads a record of the announcement topic.
   *
   * @param run name of the run to follow; others may write to the same topic
   * @return empty if the record is from another run
   * @throws IOException if the record is not a valid announcement
   */
  static Optional<AnnouncedVersion> of(RawRecord record, String run) throws IOException {
    byte[] key = record.key();
    byte[] value = record.value();
    if (!Arrays.equals(run.getBytes(StandardCharsets.UTF_8), key) || value == null) {
      return Optional.empty();
    }
    try {
      JsonNode json = MAPPER.readTree(value); // the broker limits its size
      return Optional.of(
          new AnnouncedVersion(version(json), text(json, "place"), text(json, "weightsSha256")));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(record.position() + " is not an announcement: " + e.getMessage(), e);
    }
  }

  private static long version(JsonNode json) {
    JsonNode version = json.required("version");
    if (!version.isIntegralNumber() || !version.canConvertToLong() || version.longValue() < 0) {
      throw new IllegalArgumentException(
          "version is " + shown(version) + ", must be a number from 0");
    }
    return version.longValue();
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.required(name);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new IllegalArgumentException(name + " is " + shown(value) + ", must be a text");
    }
    return value.textValue();
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }
}
