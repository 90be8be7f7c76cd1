package dev.drey.job.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.connectors.kafka.RunTopic;
import dev.drey.operators.server.DriftReport;
import dev.drey.operators.server.StepReport;

/**
 * The curve and the drifts of a run as records of a topic: JSON objects with the columns of the
 * files, the run's name, and a kind: step, evaluation or drift.
 */
public final class MetricsTopic {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MetricsTopic() {}

  public static RunTopic.JsonEncoder<StepReport> points(
      String run, OutputColumns<StepReport> columns) {
    return report -> json(run, report.evaluation() ? "evaluation" : "step", columns, report);
  }

  public static RunTopic.JsonEncoder<DriftReport> drifts(String run) {
    return report -> json(run, "drift", DriftSink.COLUMNS, report);
  }

  private static <T> byte[] json(String run, String kind, OutputColumns<T> columns, T element)
      throws JsonProcessingException {
    ObjectNode object = MAPPER.createObjectNode();
    object.put("run", run);
    object.put("kind", kind);
    columns.put(element, object);
    return MAPPER.writeValueAsBytes(object);
  }
}
