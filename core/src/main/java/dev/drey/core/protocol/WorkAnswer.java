package dev.drey.core.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.drey.core.blob.Blob;
import org.jspecify.annotations.Nullable;

/** A worker's answer to a {@link WorkRequest}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "done", value = WorkAnswer.Done.class),
  @JsonSubTypes.Type(name = "refused", value = WorkAnswer.Refused.class)
})
public sealed interface WorkAnswer {

  /**
   * The result of the work.
   *
   * @param id of the request
   * @param version of the weights it was computed with
   * @param examples number of examples that were computed
   * @param lossSum the sum of their losses, finite; 0 for a prediction
   * @param correct number of examples that were classified correctly; 0 if the loss is not a
   *     classification
   * @param absoluteErrorSum the sum of their absolute errors, each the mean over the outputs;
   *     finite. It is 0, and omitted from JSON, for a classification, for a prediction, and from
   *     workers that do not compute it
   * @param result for a gradient the sum over the examples, one float per parameter; for a
   *     prediction the outputs, [examples, outputs] in C order; little-endian 32-bit floats. Null
   *     for an evaluation
   * @param computeMicros time of the network's computation, microseconds
   * @param totalMicros time from receiving the request's bytes to encoding the answer, microseconds
   */
  record Done(
      @JsonProperty(value = "id", required = true) WorkRequest.Id id,
      @JsonProperty(value = "version", required = true) long version,
      @JsonProperty(value = "examples", required = true) int examples,
      @JsonProperty(value = "lossSum", required = true) double lossSum,
      @JsonProperty(value = "correct", required = true) long correct,
      @JsonProperty("absoluteErrorSum")
          @JsonInclude(JsonInclude.Include.NON_DEFAULT)
          @JsonSetter(nulls = Nulls.AS_EMPTY)
          double absoluteErrorSum,
      @JsonProperty("result")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonSetter(nulls = Nulls.SET)
          @Nullable Blob result,
      @JsonProperty(value = "computeMicros", required = true) long computeMicros,
      @JsonProperty(value = "totalMicros", required = true) long totalMicros)
      implements WorkAnswer {

    public Done {
      if (!Double.isFinite(lossSum)) {
        throw new IllegalArgumentException("lossSum is " + lossSum + ", must be finite");
      }
      if (!Double.isFinite(absoluteErrorSum)) {
        throw new IllegalArgumentException(
            "absoluteErrorSum is " + absoluteErrorSum + ", must be finite");
      }
    }

    /** A result without absolute errors. */
    public Done(
        WorkRequest.Id id,
        long version,
        int examples,
        double lossSum,
        long correct,
        @Nullable Blob result,
        long computeMicros,
        long totalMicros) {
      this(id, version, examples, lossSum, correct, 0, result, computeMicros, totalMicros);
    }
  }

  /**
   * A refusal: the worker works, but cannot serve this request.
   *
   * @param reason the kind of refusal
   * @param message the reason with the value and the limit that it violates
   */
  record Refused(
      @JsonProperty(value = "reason", required = true) Reason reason,
      @JsonProperty(value = "message", required = true) String message)
      implements WorkAnswer {}

  /** The kinds of refusal. */
  enum Reason {
    /** The request is malformed, of another protocol version, or asks for what the worker lacks. */
    @JsonProperty("bad-request")
    BAD_REQUEST(false),
    /** The request's lease has expired. */
    @JsonProperty("lease-expired")
    LEASE_EXPIRED(true),
    /** The weights are missing, damaged, or differ in number from the network's parameters. */
    @JsonProperty("bad-weights")
    BAD_WEIGHTS(true),
    /** The examples cannot be read, or do not fit the network. */
    @JsonProperty("bad-data")
    BAD_DATA(false),
    /** The loss or the gradient is NaN or infinite. */
    @JsonProperty("not-finite")
    NOT_FINITE(false);

    private final boolean retryable;

    Reason(boolean retryable) {
      this.retryable = retryable;
    }

    /** Whether the same request may succeed when it is sent again. */
    public boolean retryable() {
      return retryable;
    }
  }
}
