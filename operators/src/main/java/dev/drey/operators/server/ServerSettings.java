package dev.drey.operators.server;

import dev.drey.core.exchange.Store;
import dev.drey.core.parameters.Shards;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.stream.EndOffsets;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the parameter server is to do.
 *
 * @param model that is trained
 * @param store where versions are published
 * @param versionsEvery every how many steps a version is emitted, see {@link
 *     ParameterServerOperator#VERSIONS}; Long.MAX_VALUE for none
 * @param reports what step reports and metrics need
 */
public record ServerSettings(Model model, Store.Provider store, long versionsEvery, Reports reports)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Parameters, and how they are trained.
   *
   * @param shards the cut of the flat vector
   * @param initial where version 0 comes from
   * @param rule how a step is applied
   */
  public record Model(Shards shards, InitialWeights initial, UpdateRule rule)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    public Model {
      if (rule.clipping() != null && shards.count() != 1) {
        throw new IllegalArgumentException(
            "clipping needs the norm of the whole gradient: shards is "
                + shards.count()
                + ", must be 1");
      }
    }
  }

  /** Where a run starts from. */
  @FunctionalInterface
  public interface InitialWeights extends Serializable {
    /** The whole flat vector, the same at every call; owned by the caller. */
    float[] get();
  }

  /**
   * What step reports and metrics need.
   *
   * @param stepsPerEpoch at least 1; Long.MAX_VALUE where there are no epochs
   * @param predictedStepSeconds how long a step should take; NaN if unknown
   * @param prequential how the error before training forgets old steps
   * @param ends of the stream's partitions; null for a data set, or not to measure the lag
   */
  public record Reports(
      long stepsPerEpoch,
      double predictedStepSeconds,
      Prequential.Settings prequential,
      EndOffsets.@Nullable Provider ends)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Without a lag. */
    public Reports(
        long stepsPerEpoch, double predictedStepSeconds, Prequential.Settings prequential) {
      this(stepsPerEpoch, predictedStepSeconds, prequential, null);
    }

    /** With the default window, and no prediction. */
    public Reports(long stepsPerEpoch) {
      this(stepsPerEpoch, Double.NaN, Prequential.Settings.DEFAULT);
    }
  }
}
