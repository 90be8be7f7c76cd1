package dev.drey.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whether a run with faults came to the same result as one without.
 *
 * @param recoveries the cost of each fault
 * @param sameHash whether weights and moments have the same bits as without faults
 * @param balanced whether every example was counted exactly once
 * @param orphans processes that outlived the run
 * @param calmSeconds the run without faults
 * @param seconds the run with them
 */
record ChaosReport(
    List<Recovery> recoveries,
    boolean sameHash,
    boolean balanced,
    int orphans,
    double calmSeconds,
    double seconds) {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  /**
   * The two runs.
   *
   * @param calm directory of the one without faults
   * @param chaos directory of the one with them
   * @param examples that each is to be trained on; if empty, both must have trained on equally many
   */
  record Runs(Path calm, Path chaos, OptionalLong examples) {}

  /** Compares the summaries of the two runs, and looks for processes that are left. */
  static ChaosReport of(
      List<Recovery> recoveries, Runs runs, int orphans, double calmSeconds, double seconds)
      throws IOException {
    JsonNode with = MAPPER.readTree(runs.chaos().resolve("summary.json").toFile());
    JsonNode without = MAPPER.readTree(runs.calm().resolve("summary.json").toFile());
    boolean same = true;
    for (String hash : List.of("weightsSha256", "optimizerSha256")) {
      same &= with.required(hash).isTextual() && with.required(hash).equals(without.required(hash));
    }
    boolean balanced =
        with.required("offered").equals(with.required("examples"))
            && with.required("examples").equals(without.required("examples"))
            && with.path("partitions").equals(without.path("partitions"))
            && with.required("examples").longValue()
                == runs.examples().orElse(without.required("examples").longValue());
    return new ChaosReport(List.copyOf(recoveries), same, balanced, orphans, calmSeconds, seconds);
  }

  boolean proves() {
    return sameHash && balanced && orphans == 0;
  }

  /** May be below 0 where faults cost less than one run differs from another. */
  double secondsLostPerFault() {
    return (seconds - calmSeconds) / recoveries.size();
  }

  void print(PrintWriter out) {
    out.printf(
        "%-30s %6s %12s %12s %14s%n",
        "fault", "times", "mean s lost", "most s lost", "steps redone");
    byFault()
        .forEach(
            (fault, all) ->
                out.printf(
                    Locale.ROOT,
                    "%-30s %6d %12.2f %12.2f %14.1f%n",
                    fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    all.size(),
                    all.stream().mapToDouble(Recovery::seconds).average().orElse(0),
                    all.stream().mapToDouble(Recovery::seconds).max().orElse(0),
                    all.stream().mapToLong(Recovery::stepsRedone).average().orElse(0)));
    out.printf(
        Locale.ROOT,
        "%d faults: %s bits, examples %s, %d orphans; %.1f s without, %.1f s with them: %.2f s lost"
            + " per fault%n",
        recoveries.size(),
        sameHash ? "the same" : "OTHER",
        balanced ? "balanced" : "NOT BALANCED",
        orphans,
        calmSeconds,
        seconds,
        secondsLostPerFault());
  }

  private Map<InjectedFault, List<Recovery>> byFault() {
    Map<InjectedFault, List<Recovery>> all = new EnumMap<>(InjectedFault.class);
    recoveries.forEach(r -> all.computeIfAbsent(r.fault(), f -> new ArrayList<>()).add(r));
    return all;
  }

  String json() throws IOException {
    ObjectNode object = MAPPER.createObjectNode();
    object
        .put("faults", recoveries.size())
        .put("sameHash", sameHash)
        .put("balanced", balanced)
        .put("orphans", orphans)
        .put("secondsLostPerFault", secondsLostPerFault())
        .put("calmSeconds", calmSeconds)
        .put("seconds", seconds);
    var rows = object.putArray("rows");
    byFault()
        .forEach(
            (fault, all) ->
                rows.addObject()
                    .put("fault", fault.name())
                    .put("times", all.size())
                    .put(
                        "meanSeconds",
                        all.stream().mapToDouble(Recovery::seconds).average().orElse(0))
                    .put(
                        "meanStepsRedone",
                        all.stream().mapToLong(Recovery::stepsRedone).average().orElse(0)));
    return MAPPER.writeValueAsString(object);
  }
}
