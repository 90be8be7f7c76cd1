package dev.drey.job.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run, written as {@code summary.json}, where NaN becomes null.
 *
 * @param testAccuracy on the held-out examples, in [0, 1]; NaN without held-out examples or for a
 *     regression
 * @param testLoss mean loss of the held-out examples; NaN if there are none
 * @param steps weight updates
 * @param epochs passes over the training rows; the last may be incomplete
 * @param examples trained on; an example counts once per epoch
 * @param offered examples assigned to steps: those of the plan, and late ones that were assigned
 *     again. Always {@code examples} + {@code dropped}
 * @param dropped assigned examples that were not trained on, by reason; every reason is a key
 * @param putBack examples that were dropped as late and assigned to a later step
 * @param seconds from the first step's start to the last one's end
 * @param examplesPerSecond {@code examples} / {@code seconds}
 * @param invocations of workers, including failed ones and those whose results were lost to a
 *     failure of the job; the next three include the same
 * @param coldStarts invocations that started a new worker
 * @param billedMs billed function time of all invocations, milliseconds
 * @param dollars price of the invocations on AWS Lambda
 * @param weightsSha256 {@link Fingerprint} of the parameters: equal in two runs that ended with the
 *     same bits
 * @param optimizerSha256 {@link Fingerprint} of the optimizer's moments, in their order; null if it
 *     has none
 * @param partitions what was read from each partition of a stream; empty for a data set
 */
public record Summary(
    @JsonProperty("testAccuracy") double testAccuracy,
    @JsonProperty("testLoss") double testLoss,
    @JsonProperty("steps") long steps,
    @JsonProperty("epochs") double epochs,
    @JsonProperty("examples") long examples,
    @JsonProperty("offered") long offered,
    @JsonProperty("dropped") Map<String, Long> dropped,
    @JsonProperty("putBack") long putBack,
    @JsonProperty("seconds") double seconds,
    @JsonProperty("examplesPerSecond") double examplesPerSecond,
    @JsonProperty("invocations") long invocations,
    @JsonProperty("coldStarts") long coldStarts,
    @JsonProperty("billedMs") long billedMs,
    @JsonProperty("dollars") double dollars,
    @JsonProperty("weightsSha256") String weightsSha256,
    @JsonProperty("optimizerSha256") @Nullable String optimizerSha256,
    @JsonProperty("partitions") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, Partition> partitions) {

  /**
   * What was read from a partition: records read = trained + heldOut + rejected.
   *
   * @param nextOffset offset of the first record that was not read
   * @param trained records that became examples to train on
   * @param heldOut records that became examples for evaluations
   * @param rejected records that could not become examples (dead letters)
   * @param lost offsets whose records were deleted before they were read
   */
  public record Partition(
      @JsonProperty("nextOffset") long nextOffset,
      @JsonProperty("trained") long trained,
      @JsonProperty("heldOut") long heldOut,
      @JsonProperty("rejected") long rejected,
      @JsonProperty("lost") long lost) {}

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public Summary {
    dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
    partitions = Collections.unmodifiableMap(new TreeMap<>(partitions));
  }

  /** Writes the file. */
  public void write(Path file) throws IOException {
    ObjectNode tree = MAPPER.valueToTree(this);
    tree.properties()
        .forEach(
            field -> {
              if (!Double.isFinite(field.getValue().doubleValue())) {
                field.setValue(MAPPER.nullNode());
              }
            });
    AtomicFile.write(file, MAPPER.writeValueAsBytes(tree));
  }
}
