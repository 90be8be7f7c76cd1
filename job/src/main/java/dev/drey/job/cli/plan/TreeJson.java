package dev.drey.job.cli.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.plan.ShardedTreePlanner;
import dev.drey.job.cli.shell.JsonText;
import dev.drey.job.plan.FittedCase;
import dev.drey.job.plan.TreeAdvice;
import java.util.List;

/** Structures planned without a whole run, as JSON. */
final class TreeJson {

  private TreeJson() {}

  /**
   * A structure by a profile.
   *
   * @param free the best with any number of shards
   */
  static String of(TreeAdvice advice, ShardedTreePlanner.Choice free, long millis, int parameters) {
    ObjectNode json = JsonText.object();
    json.put("planMillis", millis);
    json.put("parameters", parameters);
    put(json, advice);
    json.putObject("sharded")
        .put("shards", free.shards())
        .put("structure", free.structure().toString())
        .put("seconds", free.seconds());
    return JsonText.of(json);
  }

  /** Structures by measurements, one for each case. */
  static String of(List<FittedCase> fits, List<TreeAdvice> advices, long millis) {
    ObjectNode json = JsonText.object();
    json.put("planMillis", millis);
    ArrayNode cases = json.putArray("cases");
    for (int i = 0; i < fits.size(); i++) {
      ObjectNode one = cases.addObject().put("case", fits.get(i).measured().name());
      FitJson.put(one, fits.get(i).fit(), "measuredSeconds");
      put(one.putObject("plan"), advices.get(i));
    }
    return JsonText.of(json);
  }

  private static void put(ObjectNode json, TreeAdvice advice) {
    json.put("modelled", true);
    json.put("workers", advice.best().slots());
    json.put("structure", advice.best().toString());
    json.put("seconds", advice.model().seconds(advice.best()));
    PlanJson.model(json.putObject("model"), advice.model());
    ArrayNode others = json.putArray("alternatives");
    advice
        .others()
        .forEach(
            other ->
                others
                    .addObject()
                    .put("name", other.name())
                    .put("structure", other.structure().toString())
                    .put("seconds", advice.model().seconds(other.structure())));
  }
}
