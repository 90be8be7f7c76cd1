package dev.drey.core.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.drey.core.data.Task;
import dev.drey.core.network.NetworkSpec;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One bounded piece of work for one worker.
 *
 * @param id who asks, and for what; the answer repeats it
 * @param lease epoch milliseconds after which the worker refuses to start, and the answer is no
 *     longer wanted
 * @param network the network to compute with
 * @param weights its parameters
 * @param examples what to compute on
 * @param answer how the result's bytes are to come back
 */
public record WorkRequest(
    @JsonProperty(value = "id", required = true) Id id,
    @JsonProperty(value = "lease", required = true) long lease,
    @JsonProperty(value = "network", required = true) NetworkSpec network,
    @JsonProperty(value = "weights", required = true) Weights weights,
    @JsonProperty(value = "examples", required = true) Examples examples,
    @JsonProperty(value = "answer", required = true) Transport answer) {

  /** The version of the protocol that this package speaks. */
  public static final int PROTOCOL = 1;

  /**
   * What a request is for.
   *
   * @param run the run's name
   * @param task what is asked for
   * @param step the step, from 0
   * @param slot the slot of the step, from 0
   * @param attempt 1 for the first attempt at this slot
   */
  public record Id(
      @JsonProperty(value = "run", required = true) String run,
      @JsonProperty(value = "task", required = true) Task task,
      @JsonProperty(value = "step", required = true) long step,
      @JsonProperty(value = "slot", required = true) int slot,
      @JsonProperty(value = "attempt", required = true) int attempt) {}

  /**
   * How a result comes back: inside the answer up to a size, else as a new object.
   *
   * @param inlineBytes the longest result, in bytes, that goes inside the answer
   * @param directory where the worker writes a longer one, under a name of its own; null where
   *     there is no such place
   */
  public record Transport(
      @JsonProperty(value = "inlineBytes", required = true) int inlineBytes,
      @JsonProperty("directory")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonSetter(nulls = Nulls.SET)
          @Nullable URI directory) {}
}
