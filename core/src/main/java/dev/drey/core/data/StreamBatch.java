package dev.drey.core.data;

import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import java.util.Arrays;
import java.util.List;

/**
 * A mini-batch of a stream; it carries its examples themselves.
 *
 * @param step the step of a gradient, from 0; for an evaluation, the version that is evaluated
 * @param slot the slot, from 0
 * @param task gradient or evaluation
 * @param examples may be empty
 * @param intake what was read from the stream since the previous mini-batch of this slot's unit
 * @param replayed whether the examples were sampled from those trained on before; the intake is
 *     empty then
 */
public record StreamBatch(
    long step, int slot, Task task, List<PlacedExample> examples, Intake intake, boolean replayed)
    implements Batch {

  private static final long serialVersionUID = 1L;

  public StreamBatch {
    examples = List.copyOf(examples);
    if (replayed && (task != Task.GRADIENT || !intake.isNone())) {
      throw new IllegalArgumentException(
          "slot " + slot + " of step " + step + " replays, but evaluates or has read something");
    }
  }

  /** A mini-batch of new examples. */
  public StreamBatch(long step, int slot, Task task, List<PlacedExample> examples, Intake intake) {
    this(step, slot, task, examples, intake, false);
  }

  @Override
  public int count() {
    return examples.size();
  }

  @Override
  public StreamBatch at(int[] places) {
    return new StreamBatch(
        step, slot, task, Arrays.stream(places).mapToObj(examples::get).toList(), intake, replayed);
  }

  @Override
  public ExampleIds ids(int[] places) {
    return new ExampleIds.Records(
        Arrays.stream(places).mapToObj(place -> examples.get(place).position()).toList());
  }

  @Override
  public String toString() {
    return "StreamBatch[step="
        + step
        + ", slot="
        + slot
        + ", task="
        + task
        + ", examples="
        + examples.size()
        + (replayed ? " replayed" : "")
        + "]";
  }
}
