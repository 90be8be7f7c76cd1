package dev.drey.benchmarks.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.Median;
import dev.drey.job.metric.StepAccount;
import dev.drey.job.metric.StepStage;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The medians over all rounds.
 *
 * @param ours one per round, at least one
 * @param peer one per round, or none
 */
record TrainComparison(List<CommandRun> ours, List<Speed> peer) {

  TrainComparison {
    ours = List.copyOf(ours);
    peer = List.copyOf(peer);
  }

  private double ours(ToDoubleFunction<Speed> of) {
    return Median.of(ours.stream().map(CommandRun::speed).mapToDouble(of).toArray());
  }

  private double peer(ToDoubleFunction<Speed> of) {
    return Median.of(peer.stream().mapToDouble(of).toArray());
  }

  private Optional<StepAccount> account() {
    List<StepAccount> accounts = ours.stream().flatMap(run -> run.account().stream()).toList();
    return accounts.isEmpty() ? Optional.empty() : Optional.of(StepAccount.mean(accounts));
  }

  void print(PrintWriter out) {
    out.printf(Locale.ROOT, "%-34s %12s %12s %8s%n", "", "drey", peerName(), "ratio");
    row(out, "examples/s", Speed::examplesPerSecond);
    row(out, "examples/s without evaluations", Speed::trainingExamplesPerSecond);
    row(out, "steps/s", Speed::stepsPerSecond);
    row(out, "ms a step", Speed::millisPerStep);
    account().ifPresent(account -> print(out, account));
    out.flush();
  }

  private String peerName() {
    return peer.isEmpty() ? "" : "PyTorch";
  }

  private void row(PrintWriter out, String name, ToDoubleFunction<Speed> of) {
    double mine = ours(of);
    if (peer.isEmpty()) {
      out.printf(Locale.ROOT, "%-34s %,12.2f%n", name, mine);
    } else {
      double theirs = peer(of);
      out.printf(Locale.ROOT, "%-34s %,12.2f %,12.2f %8.2f%n", name, mine, theirs, mine / theirs);
    }
  }

  private static void print(PrintWriter out, StepAccount account) {
    out.printf("%nwhere the time of a step goes%n");
    out.printf("%8s  %s%n", "ms", "");
    for (StepStage stage : StepStage.values()) {
      out.printf(Locale.ROOT, "%8.2f  %s%n", account.millis().get(stage), stage.description());
    }
    out.printf(Locale.ROOT, "%8.2f  in all%n", account.total());
  }

  ObjectNode json() {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    json.put("examplesPerSecond", ours(Speed::examplesPerSecond));
    json.put("trainingExamplesPerSecond", ours(Speed::trainingExamplesPerSecond));
    json.put("stepsPerSecond", ours(Speed::stepsPerSecond));
    json.put("msPerStep", ours(Speed::millisPerStep));
    if (!peer.isEmpty()) {
      json.put("peerExamplesPerSecond", peer(Speed::examplesPerSecond));
      json.put("peerTrainingExamplesPerSecond", peer(Speed::trainingExamplesPerSecond));
      json.put("peerStepsPerSecond", peer(Speed::stepsPerSecond));
      json.put("ratio", ours(Speed::examplesPerSecond) / peer(Speed::examplesPerSecond));
    }
    account()
        .ifPresent(
            account -> {
              ObjectNode stages = json.putObject("msOfStep");
              for (StepStage stage : StepStage.values()) {
                stages.put(stage.name().toLowerCase(Locale.ROOT), account.millis().get(stage));
              }
            });
    return json;
  }
}
