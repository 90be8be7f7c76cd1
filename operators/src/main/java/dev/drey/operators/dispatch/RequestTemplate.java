package dev.drey.operators.dispatch;

import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.Kernels;
import dev.drey.core.work.Round;
import dev.drey.core.work.Work;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The parts that all requests of a run share.
 *
 * @param name of the run
 * @param network that is trained
 * @param training the data set that training rows are numbers of, or null for a stream
 * @param test the data set that test rows are numbers of, or null without evaluation, and for a
 *     stream
 * @param normalization of the features of both
 * @param kernels that workers must be held to, or null for whichever suit their processors
 * @param seed of the run's random numbers
 */
public record RequestTemplate(
    String name,
    NetworkSpec network,
    @Nullable DataSource training,
    @Nullable DataSource test,
    Normalization normalization,
    @Nullable Kernels kernels,
    long seed)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What each slot of a round computes. */
  Work work(Round.Kind kind) {
    return switch (kind) {
      case TRAINING -> new Work.Gradient();
      case EVALUATION -> new Work.Evaluation();
    };
  }
}
