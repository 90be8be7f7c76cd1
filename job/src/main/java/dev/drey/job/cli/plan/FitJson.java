package dev.drey.job.cli.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.job.plan.ModelFit;

/** A fit as JSON. */
final class FitJson {

  private FitJson() {}

  /**
   * Puts it into an object.
   *
   * @param measuredName name of the member with the measured seconds
   */
  static void put(ObjectNode json, ModelFit fit, String measuredName) {
    json.put("base", fit.model().base());
    json.put("perSum", fit.model().perSum());
    json.put("perHop", fit.model().perHop());
    json.put("rmse", fit.rmse());
    json.put("r2", fit.r2());
    json.put("looRmse", Double.isNaN(fit.looRmse()) ? null : fit.looRmse());
    ObjectNode held = json.putObject("heldAtZero");
    fit.heldAtZero().forEach(one -> held.put(one.constant(), one.unbounded()));
    ArrayNode rows = json.putArray("rows");
    for (ModelFit.Row row : fit.rows()) {
      rows.addObject()
          .put("structure", row.measurement().structure().toString())
          .put(measuredName, row.measurement().seconds())
          .put("predictedSeconds", row.predicted())
          .put(
              "leaveOneOutSeconds",
              row.leaveOneOut().isPresent() ? row.leaveOneOut().getAsDouble() : null);
    }
  }
}
