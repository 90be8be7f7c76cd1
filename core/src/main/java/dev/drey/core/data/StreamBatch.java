package dev.drey.core.data;

import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import java.util.Arrays;
import java.util.List;

/**
 * A mini-batch of a stream, which carries its examples.
 *
 * @param step for a gradient the step, from 0; for an evaluation the version that is evaluated
 * @param slot the slot, from 0
 * @param task gradient or evaluation
 * @param examples may be empty
 * @param intake what was read since the mini-batch before this one
 */
public record StreamBatch(
    long step, int slot, Task task, List<PlacedExample> examples, Intake intake) implements Batch {

  private static final long serialVersionUID = 1L;

  public StreamBatch {
    examples = List.copyOf(examples);
  }

  @Override
  public int count() {
    return examples.size();
  }

  @Override
  public StreamBatch at(int[] places) {
    return new StreamBatch(
        step, slot, task, Arrays.stream(places).mapToObj(examples::get).toList(), intake);
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
        + "]";
  }
}
