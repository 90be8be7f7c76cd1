package dev.drey.core.data;

import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.work.Round;
import java.util.Arrays;
import java.util.List;

/**
 * A mini-batch of a stream; it carries its examples themselves.
 *
 * @param round the step, or the evaluation, that it belongs to
 * @param slot the slot, from 0
 * @param examples may be empty
 * @param intake what was read from the stream since the previous mini-batch of this slot's unit
 * @param replayed whether the examples were sampled from those trained on before; the intake is
 *     empty then
 */
public record StreamBatch(
    Round round, int slot, List<PlacedExample> examples, Intake intake, boolean replayed)
    implements Batch {

  private static final long serialVersionUID = 1L;

  public StreamBatch {
    examples = List.copyOf(examples);
    if (replayed && (!round.isTraining() || !intake.isNone())) {
      throw new IllegalArgumentException(
          "slot "
              + slot
              + " of step "
              + round.step()
              + " replays, but evaluates or has read something");
    }
  }

  /** Of examples that the weights have not seen. */
  public StreamBatch(Round round, int slot, List<PlacedExample> examples, Intake intake) {
    this(round, slot, examples, intake, false);
  }

  @Override
  public int count() {
    return examples.size();
  }

  @Override
  public StreamBatch at(int[] places) {
    return new StreamBatch(
        round, slot, Arrays.stream(places).mapToObj(examples::get).toList(), intake, replayed);
  }

  @Override
  public ExampleIds ids(int[] places) {
    return new ExampleIds.Records(
        Arrays.stream(places).mapToObj(place -> examples.get(place).position()).toList());
  }

  @Override
  public String toString() {
    return round
        + ", slot "
        + slot
        + ", "
        + examples.size()
        + (replayed ? " replayed examples" : " examples");
  }
}
