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
 * What came of a run, as {@code summary.json} has it; there, what is NaN is null.
 *
 * @param testAccuracy on the held-out examples, in [0, 1]; NaN if none are, or nothing is
 *     classified
 * @param testLoss their mean loss; NaN if none are held out
 * @param steps weight updates
 * @param epochs passes over the training rows, the last perhaps not to its end
 * @param examples trained on, each counted every time
 * @param offered examples that were to be trained on: those of the steps by the plan, and those put
 *     back. Always {@code examples} + {@code dropped}
 * @param dropped examples that were offered and not trained on, by reason; all reasons are there
 * @param putBack examples that were dropped as late and offered again, to a later step
 * @param seconds from the first step's start to the last one's end
 * @param examplesPerSecond {@code examples} by {@code seconds}
 * @param invocations of workers, failed ones included, and those whose results a failure of the job
 *     threw away; so are the next three
 * @param coldStarts how many of these started a worker
 * @param billedMs billed function time of them all, milliseconds
 * @param dollars what that costs on AWS Lambda
 * @param weightsSha256 {@link Fingerprint} of the parameters: two runs with the same one ended in
 *     the same bits
 * @param optimizerSha256 {@link Fingerprint} of the optimiser's moments, the first one first; null
 *     if it has none
 * @param partitions what was read of each partition of a stream; left out for a data set
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
   * What was read of a partition: records read = trained + heldOut + rejected.
   *
   * @param nextOffset of the first record that was not read
   * @param trained records that became examples to train on
   * @param heldOut records that became examples for evaluations
   * @param rejected records that became dead letters
   */
  public record Partition(
      @JsonProperty("nextOffset") long nextOffset,
      @JsonProperty("trained") long trained,
      @JsonProperty("heldOut") long heldOut,
      @JsonProperty("rejected") long rejected) {}

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
