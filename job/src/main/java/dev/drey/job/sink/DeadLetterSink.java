package dev.drey.job.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.data.ExampleIds;
import java.nio.file.Path;
import java.util.List;

/** Writes examples that cannot be computed, a JSON object per line. */
public final class DeadLetterSink {

  private DeadLetterSink() {}

  /**
   * The sink.
   *
   * @param file created with the first example
   */
  public static LineSink<Dropped> of(Path file) {
    return new LineSink<>(List.of(file.toString()), new Json());
  }

  private record Json() implements LineSink.Format<Dropped> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public String line(Dropped dropped) throws JsonProcessingException {
      ObjectNode line = MAPPER.createObjectNode();
      line.put("reason", dropped.reason().word());
      line.put("task", dropped.ofTraining() ? "gradient" : "evaluation");
      line.put("step", dropped.round().step());
      line.put("slot", dropped.slot());
      if (dropped.examples() instanceof ExampleIds.Records records) {
        ArrayNode positions = line.putArray("records");
        records.positions().forEach(position -> positions.add(position.toString()));
      } else {
        ArrayNode rows = line.putArray("rows");
        for (int row : dropped.rows()) {
          rows.add(row);
        }
      }
      line.put("message", dropped.message());
      return MAPPER.writeValueAsString(line);
    }
  }
}
