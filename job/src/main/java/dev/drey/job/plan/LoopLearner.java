package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.SlotConstants;
import dev.drey.core.plan.StepModel;
import dev.drey.core.plan.Transfer;
import dev.drey.core.plan.TreeConstants;
import dev.drey.core.plan.TreePlanner;
import dev.drey.core.plan.WorkerSpeed;
import dev.drey.job.metric.StepAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a running loop what its steps are made of, and says when another structure is worth a
 * change. It starts from a profile, which it takes to be right within a factor of two. Each
 * structure's mean step is one row of the regression; what metrics say of workers and parameter
 * server tells the base, which no structure changes. Not thread-safe.
 */
public final class LoopLearner {

  /** How far off the model itself is: the median error that {@code bench loop --plan} finds. */
  private static final double MODEL_ERROR = 0.05;

  /** A saving must be so many of its deviations: 2 is by chance once in forty times. */
  private static final double SURE = 2;

  /** What a change takes: the loop stands still, is saved, and starts again. */
  private static final double CHANGE_SECONDS = 5;

  /** How many times a change must be paid back by the steps that are left. */
  private static final double PAYBACK = 2;

  private final Profile profile;
  private final Belief prior;
  private final double profileBase;
  private final OnTasks placement;
  private final int parameters;
  private final int slots;
  private final Map<Structure, Mean> steps = new LinkedHashMap<>();
  private Belief belief;
  private @Nullable SlotTimes slot;

  /**
   * The mean of a structure's steps.
   *
   * @param variance of the mean
   */
  private record Mean(long count, double seconds, double variance) {

    Mean with(long more, double mean, double standardError) {
      double share = (double) more / (count + more);
      return new Mean(
          count + more,
          seconds + share * (mean - seconds),
          (1 - share) * (1 - share) * variance + share * share * standardError * standardError);
    }

    double deviation() {
      return Math.hypot(Math.sqrt(variance), MODEL_ERROR * seconds);
    }
  }

  /**
   * A structure that is worth a change.
   *
   * @param structure to change to
   * @param seconds of a step with it, predicted
   * @param saved seconds of a step, predicted
   */
  public record Better(Structure structure, double seconds, double saved) {}

  /**
   * Begins.
   *
   * @param vectorBytes of the flat parameter vector
   * @param placement of the loop
   */
  public LoopLearner(Profile profile, long vectorBytes, OnTasks placement, int slots) {
    this.profile = profile;
    this.profileBase = profile.base().seconds((double) vectorBytes);
    this.placement = placement;
    this.parameters = Math.toIntExact(vectorBytes / Float.BYTES);
    this.slots = slots;
    StepModel model = profile.tree().model(profileBase, vectorBytes, placement);
    // The base has the workers' time in it, of which the profile knows nothing: it may be anything.
    double anything = 1e3;
    this.prior = Belief.of(model, anything, sure(model.perSum()), sure(model.perHop()));
    this.belief = prior;
  }

  /** A constant of 0 that is not known to be 0. */
  private static double sure(double constant) {
    return Math.max(constant, 1e-9);
  }

  /**
   * Takes in steps of one structure.
   *
   * @param count how many, at least 1
   * @param seconds the mean of a step, evaluations left out
   * @param standardError of that mean
   * @param account of where their time went; nothing if there are no metrics, and the last account
   *     counts
   */
  public void observe(
      Structure structure,
      long count,
      double seconds,
      double standardError,
      Optional<StepAccount> account) {
    slot = account.map(SlotTimes::new).orElse(slot);
    steps.merge(
        structure,
        new Mean(count, seconds, standardError * standardError),
        (before, now) -> before.with(count, seconds, standardError));
    Belief learnt = prior;
    for (Map.Entry<Structure, Mean> entry : steps.entrySet()) {
      Mean mean = entry.getValue();
      learnt = learnt.withStep(entry.getKey(), mean.seconds, mean.deviation());
    }
    belief = slot == null ? learnt : learnt.withBase(slot.total() + profileBase, deviation(slot));
  }

  /** How far off the base may be, seconds. */
  private double deviation(SlotTimes times) {
    return (times.waitForSlowest() + profileBase) / 2 + MODEL_ERROR * times.total();
  }

  /** The most likely constants, in seconds. */
  public StepModel model() {
    return belief.model();
  }

  /**
   * The structures that were seen, each with the mean of its steps, in the order of their coming.
   */
  List<Measurement> measurements() {
    return steps.entrySet().stream()
        .map(entry -> new Measurement(entry.getKey(), entry.getValue().seconds))
        .toList();
  }

  /** The measurements, as {@link Measurements} reads them. */
  public String csv() {
    return Measurements.csv(measurements(), placement, parameters);
  }

  /**
   * The profile with what was learnt in it: what adding up costs, how fast workers compute, and how
   * much their time varies.
   *
   * @param flops of a slot's gradient
   * @param memoryMb of a worker
   */
  public Profile learnt(double flops, int memoryMb) {
    StepModel start = prior.model();
    StepModel now = model();
    TreeConstants tree = profile.tree();
    double sum = ratio(now.perSum(), start.perSum());
    Profile learnt =
        profile.withTree(
            new TreeConstants(
                tree.perMessage() * sum,
                tree.bytesPerSecond() / sum,
                times(tree.hop(), ratio(now.perHop(), start.perHop()))));
    if (slot == null) {
      return learnt;
    }
    SlotConstants before = profile.slot();
    WorkerSpeed speed = before.speed();
    double computed = slot.compute() - speed.fixedSeconds();
    double unit = speed.seconds(speed.flopsPerSecond(), memoryMb) - speed.fixedSeconds();
    double base = Math.max(0, now.base() - slot.total());
    Profile withBase = learnt.withBase(times(profile.base(), ratio(base, profileBase)));
    return computed > 0
        ? withBase.withSlot(
            new SlotConstants(
                new WorkerSpeed(
                    speed.fixedSeconds(),
                    flops * unit / computed,
                    speed.parallelShare(),
                    speed.cpuShare()),
                before.down(),
                before.up(),
                before.coldStarts(),
                slot.stragglers(slots).orElse(before.stragglers())))
        : withBase;
  }

  private static double ratio(double now, double before) {
    return before > 0 ? now / before : 1;
  }

  private static Transfer times(Transfer transfer, double factor) {
    return new Transfer(transfer.requestSeconds() * factor, transfer.bytesPerSecond() / factor);
  }

  /**
   * A structure that saves more than the noise, and pays the change back before the run ends.
   *
   * @param stepsLeft of the run
   */
  public Optional<Better> better(Structure current, long stepsLeft) {
    if (!steps.containsKey(current)) {
      return Optional.empty();
    }
    Structure best = TreePlanner.upTo(slots, model()).structure(slots);
    Belief.Saving saving = belief.saving(current, best);
    boolean sure = saving.seconds() > SURE * saving.deviation();
    boolean paysBack = saving.seconds() * stepsLeft > PAYBACK * CHANGE_SECONDS;
    return sure && paysBack
        ? Optional.of(new Better(best, model().seconds(best), saving.seconds()))
        : Optional.empty();
  }
}
