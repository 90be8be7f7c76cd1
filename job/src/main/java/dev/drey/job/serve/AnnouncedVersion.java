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
 * A version that was announced.
 *
 * @param version steps applied
 * @param place of its files, a URI
 * @param sha256 of its weights
 */
record AnnouncedVersion(long version, String place, String sha256) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Reads a record of the topic.
   *
   * @param run that is followed; others may write to the topic, too
   * @return nothing if it is of another run
   * @throws IOException if it is no announcement
   */
  static Optional<AnnouncedVersion> of(RawRecord record, String run) throws IOException {
    byte[] key = record.key();
    byte[] value = record.value();
    if (!Arrays.equals(run.getBytes(StandardCharsets.UTF_8), key) || value == null) {
      return Optional.empty();
    }
    try {
      JsonNode json = MAPPER.readTree(value); // a broker bounds its size
      return Optional.of(
          new AnnouncedVersion(
              json.required("version").longValue(),
              json.required("place").textValue(),
              json.required("weightsSha256").textValue()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(record.position() + " is no announcement: " + e.getMessage(), e);
    }
  }
}
