package dev.drey.job.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecord;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes records that could not be encoded as examples, a JSON object per line, with keys and
 * values in base64.
 */
public final class RejectedRecordSink {

  private RejectedRecordSink() {}

  /**
   * The sink.
   *
   * @param file created with the first record
   */
  public static LineSink<RejectedRecord> of(Path file) {
    return new LineSink<>(List.of(file.toString()), new Json());
  }

  private record Json() implements LineSink.Format<RejectedRecord> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public String line(RejectedRecord rejected) throws JsonProcessingException {
      RawRecord record = rejected.record();
      ObjectNode line = MAPPER.createObjectNode();
      line.put("reason", rejected.reason());
      line.put("partition", record.position().partition());
      line.put("offset", record.position().offset());
      line.put("timestamp", record.timestamp());
      line.put("key", record.key());
      line.put("value", record.value());
      return MAPPER.writeValueAsString(line);
    }
  }
}
