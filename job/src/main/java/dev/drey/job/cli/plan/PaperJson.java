package dev.drey.job.cli.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.job.cli.shell.JsonText;
import dev.drey.job.plan.ModelFit;
import dev.drey.job.plan.PaperCase;
import java.util.List;

/** The paper's table as JSON. */
final class PaperJson {

  private PaperJson() {}

  static String of(List<PaperCase> cases) {
    ObjectNode json = JsonText.object();
    ArrayNode all = json.putArray("cases");
    cases.forEach(one -> put(all.addObject(), one));
    return JsonText.of(json);
  }

  private static void put(ObjectNode json, PaperCase one) {
    json.put("case", one.measured().name());
    json.put("workers", one.measured().slots());
    json.put("memoryMb", one.measured().memoryMb());
    FitJson.put(json, one.fit(), "paperSeconds");
    json.putObject("best")
        .put("structure", one.best().toString())
        .put("seconds", one.bestSeconds())
        .put("dollars", one.dollars(one.bestSeconds()));
    ModelFit.Row theirs = one.chosen();
    json.putObject("paper")
        .put("structure", theirs.measurement().structure().toString())
        .put("seconds", theirs.measurement().seconds())
        .put("dollars", one.dollars(theirs.measurement().seconds()))
        .put("predictedSeconds", theirs.predicted())
        .put("predictedDollars", one.dollars(theirs.predicted()));
  }
}
