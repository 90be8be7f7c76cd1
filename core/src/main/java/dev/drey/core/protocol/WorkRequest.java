package dev.drey.core.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.work.Work;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request for one worker: a bounded piece of work.
 *
 * <p>The id names the kind of work alone, since the answer repeats it. A kind that has parameters
 * of its own (the rate and the optimizer of local steps, say) carries them in a member of the
 * request named after the kind, which other kinds leave out; {@link #work} puts both together.
 *
 * @param id identifies the request; repeated in the answer
 * @param lease expiry in epoch milliseconds: afterwards the worker refuses to start, and the
 *     requester ignores the answer
 * @param network the network to compute with
 * @param weights its parameters
 * @param examples the examples to compute on
 * @param answer how the result is to be returned
 * @param kernels the instruction set to which the worker must be restricted, or else it refuses;
 *     null for any
 * @param seed seed of the computation's random numbers, such as dropout masks; derived from the
 *     run's seed, the step and the slot, so that every attempt computes the same
 */
public record WorkRequest(
    @JsonProperty(value = "id", required = true) Id id,
    @JsonProperty(value = "lease", required = true) long lease,
    @JsonProperty(value = "network", required = true) NetworkSpec network,
    @JsonProperty(value = "weights", required = true) Weights weights,
    @JsonProperty(value = "examples", required = true) Examples examples,
    @JsonProperty(value = "answer", required = true) Transport answer,
    @JsonProperty("kernels")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonSetter(nulls = Nulls.SET)
        @Nullable Kernels kernels,
    @JsonProperty(value = "seed", required = true) long seed) {

  /** What is to be computed. */
  public Work work() {
    return switch (id.kind()) {
      case GRADIENT -> new Work.Gradient();
      case EVALUATION -> new Work.Evaluation();
      case PREDICTION -> new Work.Prediction();
    };
  }

  /** How many floats the result has. */
  public long resultFloats() {
    return work().match(new ResultFloats(this));
  }

  /** One float per parameter for a gradient, one per output and example for a prediction. */
  private record ResultFloats(WorkRequest request) implements Work.Cases<Long, RuntimeException> {

    @Override
    public Long gradient(Work.Gradient work) {
      return (long) request.weights.count();
    }

    @Override
    public Long evaluation(Work.Evaluation work) {
      return 0L;
    }

    @Override
    public Long prediction(Work.Prediction work) {
      return (long) request.examples.count() * request.network.outputWidth();
    }
  }

  /** The protocol version of this package. */
  public static final int PROTOCOL = 1;

  private static final int MOST_SHOWN = 100;

  /**
   * The identity of a request.
   *
   * @param run the run's name
   * @param incarnation unique id of this start of the dispatch task, 1 to 64 letters, digits or
   *     dashes: it keeps an answer to a request from before a restore from being accepted
   * @param kind the kind of work
   * @param step the step, from 0
   * @param slot the slot of the step, from 0
   * @param attempt 1 for the first attempt at this slot
   */
  public record Id(
      @JsonProperty(value = "run", required = true) String run,
      @JsonProperty(value = "incarnation", required = true) String incarnation,
      @JsonProperty(value = "task", required = true) Work.Kind kind,
      @JsonProperty(value = "step", required = true) long step,
      @JsonProperty(value = "slot", required = true) int slot,
      @JsonProperty(value = "attempt", required = true) int attempt) {

    private static final Pattern INCARNATION = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public Id {
      if (!INCARNATION.matcher(incarnation).matches()) {
        throw new IllegalArgumentException(
            "incarnation is \""
                + incarnation.substring(0, Math.min(incarnation.length(), MOST_SHOWN))
                + "\", must be 1 to 64 letters, digits or dashes");
      }
    }
  }

  /**
   * How a result is returned: inside the answer up to a size limit, otherwise as a new object in a
   * directory.
   *
   * @param inlineBytes most bytes of a result inside the answer
   * @param directory where the worker writes a larger result, under a unique name; null if there is
   *     none
   */
  public record Transport(
      @JsonProperty(value = "inlineBytes", required = true) int inlineBytes,
      @JsonProperty("directory")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonSetter(nulls = Nulls.SET)
          @Nullable URI directory) {}
}
