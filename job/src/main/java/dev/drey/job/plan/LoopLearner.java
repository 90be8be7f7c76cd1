package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.StepModel;
import dev.drey.core.plan.TreePlanner;
import dev.drey.job.metric.StepAccount;
import dev.drey.job.metric.StepStage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

  private final Belief prior;
  private final double profileBase;
  private final int slots;
  private final Map<Structure, Mean> steps = new LinkedHashMap<>();
  private Belief belief;

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
    this.profileBase = profile.base().seconds((double) vectorBytes);
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
   * @param account of where their time went, if metrics told it
   */
  public void observe(
      Structure structure,
      long count,
      double seconds,
      double standardError,
      Optional<StepAccount> account) {
    steps.merge(
        structure,
        new Mean(count, seconds, standardError * standardError),
        (before, now) -> before.with(count, seconds, standardError));
    Belief learnt = prior;
    for (Map.Entry<Structure, Mean> entry : steps.entrySet()) {
      Mean mean = entry.getValue();
      learnt = learnt.withStep(entry.getKey(), mean.seconds, mean.deviation());
    }
    belief = account.isPresent() ? withBase(learnt, account.get()) : learnt;
  }

  /**
   * The time of a slot at its worker, and the loop's own. Of the time that slots wait for the
   * slowest, half is taken for the workers', since sums that wait to be added up are in it as well.
   */
  private Belief withBase(Belief learnt, StepAccount account) {
    double slot =
        seconds(account, StepStage.PERMIT)
            + seconds(account, StepStage.CALL)
            + seconds(account, StepStage.WORKER)
            + seconds(account, StepStage.COMPUTE);
    double slowest = seconds(account, StepStage.SLOWEST);
    return learnt.withBase(
        slot + slowest / 2 + profileBase, (slowest + profileBase) / 2 + MODEL_ERROR * slot);
  }

  private static double seconds(StepAccount account, StepStage stage) {
    return Math.max(0, account.millis().get(stage)) / 1000;
  }

  /** The most likely constants, in seconds. */
  public StepModel model() {
    return belief.model();
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
