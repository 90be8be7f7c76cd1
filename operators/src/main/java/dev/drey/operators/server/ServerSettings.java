package dev.drey.operators.server;

import dev.drey.core.parameters.Shards;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.store.WeightStore;
import dev.drey.operators.coordination.Budget;
import java.io.Serializable;

/**
 * What the parameter server is to do.
 *
 * @param shards the cut of the flat vector
 * @param initial where version 0 comes from
 * @param rule how a step is applied
 * @param store where versions are published
 * @param retainedVersions how many versions stay in the store, at least 1
 * @param stepsPerEpoch for the reports, at least 1; Long.MAX_VALUE where there are no epochs
 * @param budget for the reports
 * @param owedAfter how many steps after the one that dropped them late examples are offered again:
 *     so many that the step cannot have gone out yet
 * @param mayMiss how many slots of a step may be left out; a step that lacks more ends the job
 * @param maxEmptySteps how many steps in a row may have examples of which none can be computed:
 *     such a step leaves the weights as they are, and one more ends the job. 0 for a data set
 * @param predictedStepSeconds what a step should take, for the reports; NaN if nobody knows
 * @param prequential how the reports forget old steps
 * @param versionsEvery every how many steps a version is put out; Long.MAX_VALUE for none
 */
public record ServerSettings(
    Shards shards,
    InitialWeights initial,
    UpdateRule rule,
    WeightStore.Provider store,
    int retainedVersions,
    long stepsPerEpoch,
    Budget budget,
    long owedAfter,
    int mayMiss,
    int maxEmptySteps,
    double predictedStepSeconds,
    Prequential.Settings prequential,
    long versionsEvery)
    implements Serializable {

  /** With the usual way to forget, and no version put out before the end. */
  public ServerSettings(
      Shards shards,
      InitialWeights initial,
      UpdateRule rule,
      WeightStore.Provider store,
      int retainedVersions,
      long stepsPerEpoch,
      Budget budget,
      long owedAfter,
      int mayMiss,
      int maxEmptySteps,
      double predictedStepSeconds) {
    this(
        shards,
        initial,
        rule,
        store,
        retainedVersions,
        stepsPerEpoch,
        budget,
        owedAfter,
        mayMiss,
        maxEmptySteps,
        predictedStepSeconds,
        Prequential.Settings.DEFAULT,
        Long.MAX_VALUE);
  }

  public ServerSettings {
    if (rule.clipping() != null && shards.count() != 1) {
      throw new IllegalArgumentException(
          "clipping needs the norm of the whole gradient: shards is "
              + shards.count()
              + ", must be 1");
    }
    if (retainedVersions < 1) {
      throw new IllegalArgumentException(
          "retained versions is " + retainedVersions + ", must be at least 1");
    }
  }

  /** Where a run starts from. */
  @FunctionalInterface
  public interface InitialWeights extends Serializable {
    /** The whole flat vector, the same at every call; owned by the caller. */
    float[] get();
  }
}
