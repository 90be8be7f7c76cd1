package dev.drey.job.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.network.LayerCost;
import dev.drey.core.network.NetworkCost;
import dev.drey.core.network.WorkerMemory;
import java.io.UncheckedIOException;

/** An inspection as JSON: sizes in bytes, but for memory settings, which are in MB. */
final class InspectionJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private InspectionJson() {}

  static String of(Inspection inspection) {
    ObjectNode json = MAPPER.createObjectNode();
    json.set("input", MAPPER.valueToTree(inspection.network().input()));
    ArrayNode layers = json.putArray("layers");
    inspection.cost().layers().forEach(cost -> layers.add(layer(cost)));
    NetworkCost cost = inspection.cost();
    json.put("parameters", cost.trained() + cost.statistics());
    json.put("trained", cost.trained());
    json.put("statistics", cost.statistics());
    json.put("weightBytes", cost.vectorBytes());
    json.put("gradientBytes", cost.vectorBytes());
    json.put("forwardFlops", cost.forwardFlops());
    json.put("trainingFlops", cost.trainingFlops());
    json.put("miniBatch", inspection.miniBatch());
    json.set("workerBytes", memory(inspection.memory()));
    json.put("neededMb", inspection.memory().totalMb());
    json.put("leastMb", inspection.least().totalMb());
    json.put("memoryMb", inspection.memoryMb());
    try {
      return MAPPER.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode layer(LayerCost cost) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("index", cost.node().index());
    json.put("name", cost.node().name());
    json.put("kind", cost.node().layer().kind());
    json.put("reads", cost.node().input());
    cost.node().addend().ifPresent(index -> json.put("adds", index));
    json.set("output", MAPPER.valueToTree(cost.node().outputShape()));
    json.put("parameters", cost.parameters());
    json.put("trained", cost.trained());
    json.put("statistics", cost.statistics());
    json.put("activationBytes", cost.activationBytes());
    json.put("forwardFlops", cost.forwardFlops());
    json.put("trainingFlops", cost.trainingFlops());
    return json;
  }

  private static ObjectNode memory(WorkerMemory memory) {
    return MAPPER
        .createObjectNode()
        .put("process", memory.process())
        .put("vectors", memory.vectors())
        .put("activations", memory.activations())
        .put("data", memory.data())
        .put("total", memory.total());
  }
}
