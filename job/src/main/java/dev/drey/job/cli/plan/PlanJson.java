package dev.drey.job.cli.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.plan.Plan;
import dev.drey.core.plan.StepEstimate;
import dev.drey.core.plan.StepModel;
import dev.drey.job.cli.shell.JsonText;
import dev.drey.job.plan.FittedCase;
import dev.drey.job.plan.ProfileFile;
import dev.drey.job.plan.Recommendation;
import java.util.List;
import java.util.OptionalDouble;

/** A recommendation as JSON, without the members that are unknown. */
final class PlanJson {

  private PlanJson() {}

  static String of(Recommendation recommendation, List<FittedCase> fits, long millis) {
    ObjectNode json = JsonText.object();
    json.put("name", recommendation.problem().name());
    json.put("modelled", true);
    json.put("goal", recommendation.goal().words());
    json.put("planMillis", millis);
    put(json, recommendation, recommendation.best());
    parts(json.putObject("parts"), recommendation.best().step());
    model(json.putObject("model"), recommendation.model());
    ArrayNode others = json.putArray("alternatives");
    recommendation
        .others()
        .forEach(
            other ->
                put(others.addObject().put("name", other.name()), recommendation, other.plan()));
    recommendation.notes().forEach(json.putArray("notes")::add);
    json.put("frontPlans", recommendation.front().size());
    fits.forEach(fit -> FitJson.put(json.putObject("fit"), fit.fit(), "measuredSeconds"));
    json.set("profile", ProfileFile.write(recommendation.problem().profile()));
    return JsonText.of(json);
  }

  private static void put(ObjectNode json, Recommendation recommendation, Plan plan) {
    json.put("structure", plan.structure().toString());
    json.put("workers", plan.workers());
    json.put("memoryMb", plan.memoryMb());
    json.put("localSteps", plan.localSteps());
    json.put("miniBatch", plan.miniBatch());
    json.put("ratio", plan.ratio());
    time(json.putObject("step"), plan.stepSeconds(), plan.stepDollars());
    if (recommendation.problem().epochKnown()) {
      time(json.putObject("epoch"), plan.seconds(), plan.dollars());
    }
    OptionalDouble epochs = recommendation.problem().epochs();
    if (epochs.isPresent()) {
      double factor = epochs.getAsDouble();
      time(json.putObject("run"), factor * plan.seconds(), factor * plan.dollars());
    }
  }

  private static void time(ObjectNode json, double seconds, double dollars) {
    json.put("seconds", seconds).put("dollars", dollars);
  }

  private static void parts(ObjectNode json, StepEstimate step) {
    json.put("compute", step.compute())
        .put("transfer", step.transfer())
        .put("waiting", step.waiting())
        .put("stragglers", step.stragglers())
        .put("coldStarts", step.coldStarts())
        .put("tree", step.tree())
        .put("base", step.base());
  }

  static void model(ObjectNode json, StepModel model) {
    json.put("base", model.base())
        .put("perSum", model.perSum())
        .put("perHop", model.perHop())
        .put("placement", PlanText.place(model.placement()));
  }
}
