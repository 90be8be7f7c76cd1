package dev.drey.job.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.network.LayerCost;
import dev.drey.core.network.NetworkCost;
import dev.drey.core.network.WorkerMemory;
import dev.drey.job.cli.shell.JsonText;

/** An inspection as JSON: sizes in bytes, except memory settings, which are in MB. */
final class InspectionJson {

  private InspectionJson() {}

  static String of(Inspection inspection) {
    ObjectNode json = JsonText.object();
    json.set("input", JsonText.MAPPER.valueToTree(inspection.network().input()));
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
    return JsonText.of(json);
  }

  private static ObjectNode layer(LayerCost cost) {
    ObjectNode json = JsonText.object();
    json.put("index", cost.node().index());
    json.put("name", cost.node().name());
    json.put("kind", cost.node().layer().kind());
    json.put("reads", cost.node().input());
    cost.node().addend().ifPresent(index -> json.put("adds", index));
    json.set("output", JsonText.MAPPER.valueToTree(cost.node().outputShape()));
    json.put("parameters", cost.parameters());
    json.put("trained", cost.trained());
    json.put("statistics", cost.statistics());
    json.put("activationBytes", cost.activationBytes());
    json.put("forwardFlops", cost.forwardFlops());
    json.put("trainingFlops", cost.trainingFlops());
    return json;
  }

  private static ObjectNode memory(WorkerMemory memory) {
    return JsonText.object()
        .put("process", memory.process())
        .put("vectors", memory.vectors())
        .put("activations", memory.activations())
        .put("data", memory.data())
        .put("total", memory.total());
  }
}
