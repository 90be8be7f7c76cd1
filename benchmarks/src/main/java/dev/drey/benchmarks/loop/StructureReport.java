package dev.drey.benchmarks.loop;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.StepModel;
import dev.drey.job.plan.Measurement;
import dev.drey.job.plan.Measurements;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Tells what {@link StructureTrial} found.
 *
 * @param parameters of the network
 * @param placement of the loop that was measured
 */
record StructureReport(int parameters, OnTasks placement, StructureTrial.Result result) {

  /** Fewer leave less than eight structures to measure. */
  static final int LEAST_SLOTS = 51;

  void print(PrintWriter out) {
    StepModel model = result.fit().model();
    out.printf(
        Locale.ROOT,
        "%,d parameters in %d shards on %d tasks: T = %.3f + %.4f x sums + %.3f x hops ms%n",
        parameters,
        placement.shards(),
        placement.tasks(),
        1000 * model.base(),
        1000 * model.perSum(),
        1000 * model.perHop());
    result.fit().heldAtZero().forEach(out::println);
    out.printf(
        "%-20s %8s %5s %12s %14s %8s%n",
        "structure", "sums", "hops", "measured ms", "by others ms", "error");
    for (StructureTrial.Row row : result.rows()) {
      out.printf(
          Locale.ROOT,
          "%-20s %8.2f %5.0f %12.2f %14.2f %+7.1f%%%n",
          row.structure(),
          model.sums(row.structure()),
          model.hops(row.structure()),
          row.millis(),
          row.predictedMillis(),
          100 * row.error());
    }
    out.printf(Locale.ROOT, "median error %.1f%%%n", 100 * result.medianError());
    out.println("measured once more, by turns:");
    result
        .finalists()
        .forEach(
            (structure, millis) ->
                out.printf(
                    Locale.ROOT,
                    "%-20s %34.2f%s%n",
                    structure,
                    millis,
                    structure.equals(result.choice()) ? "  the planner's choice" : ""));
    out.printf(
        Locale.ROOT, "the choice takes %.3f times as long as the best%n", result.choiceOverBest());
  }

  ObjectNode json() {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    json.put("parameters", parameters);
    json.put("tasks", placement.tasks()).put("shards", placement.shards());
    StepModel model = result.fit().model();
    json.put("base", model.base()).put("perSum", model.perSum()).put("perHop", model.perHop());
    var rows = json.putArray("rows");
    for (StructureTrial.Row row : result.rows()) {
      rows.addObject()
          .put("structure", row.structure().toString())
          .put("msPerStep", row.millis())
          .put("predictedMs", row.predictedMillis());
    }
    json.put("medianError", result.medianError());
    json.putObject("choice")
        .put("structure", result.choice().toString())
        .put("msPerStep", result.finalists().get(result.choice()));
    json.putObject("best")
        .put("structure", result.best().toString())
        .put("msPerStep", result.finalists().get(result.best()));
    json.put("choiceOverBest", result.choiceOverBest());
    return json;
  }

  /** What was measured, as {@code drey plan --measurements} reads it. */
  String csv() {
    return Measurements.csv(
        result.rows().stream()
            .map(row -> new Measurement(row.structure(), row.millis() / 1000))
            .toList(),
        placement,
        parameters);
  }
}
