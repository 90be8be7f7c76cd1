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
 * Learns the constants of a step's time from a running loop, and decides when a change to another
 * structure pays off. The prior is a profile, assumed to be right within a factor of two. The mean
 * step of each structure is one row of the regression. The metrics of workers and parameter server
 * determine the base, which does not depend on the structure. Not thread-safe.
 */
public final class LoopLearner {

  /** Relative error of the model itself: the median error that {@code bench loop --plan} shows. */
  private static final double MODEL_ERROR = 0.05;

  /** A saving must exceed this many standard deviations: 2 occurs by chance once in forty times. */
  private static final double SURE = 2;

  /** Seconds that a change takes: the loop pauses, takes a checkpoint, and restarts. */
  private static final double CHANGE_SECONDS = 5;

  /** The remaining steps must save this many times what the change takes. */
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
   * The mean step of a structure.
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
   * A structure to change to.
   *
   * @param structure the new structure
   * @param seconds predicted time of a step with it
   * @param saved predicted saving per step, seconds
   */
  public record Better(Structure structure, double seconds, double saved) {}

  /**
   * Starts with the profile alone.
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
    // The base contains the workers' time, which the profile does not know: give it a wide prior.
    double anything = 1e3;
    this.prior = Belief.of(model, anything, sure(model.perSum()), sure(model.perHop()));
    this.belief = prior;
  }

  /** The prior deviation of a constant: above 0 even if the constant is 0. */
  private static double sure(double constant) {
    return Math.max(constant, 1e-9);
  }

  /**
   * Adds measured steps of one structure.
   *
   * @param count number of steps, at least 1
   * @param seconds mean time of a step, without evaluations
   * @param standardError of that mean
   * @param account of the steps' time; empty without metrics, then the previous account counts
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

  /** Standard deviation of the measured base, seconds. */
  private double deviation(SlotTimes times) {
    return (times.waitForSlowest() + profileBase) / 2 + MODEL_ERROR * times.total();
  }

  /** The most likely constants, in seconds. */
  public StepModel model() {
    return belief.model();
  }

  /**
   * The measured structures, each with the mean of its steps, in the order of first measurement.
   */
  List<Measurement> measurements() {
    return steps.entrySet().stream()
        .map(entry -> new Measurement(entry.getKey(), entry.getValue().seconds))
        .toList();
  }

  /** The measurements in the format that {@link Measurements} reads. */
  public String csv() {
    return Measurements.csv(measurements(), placement, parameters);
  }

  /**
   * The profile with the learnt constants: cost of adding up, speed of workers, and variation of
   * their times.
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
   * A structure whose saving exceeds the noise and pays for the change before the run ends.
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
