package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.Position;
import dev.drey.core.work.Round;
import java.util.List;
import java.util.stream.IntStream;

/** Mini-batches of a stream whose examples say where they are from. */
final class Batches {

  private Batches() {}

  /** Examples of two features: 100 times the step, more the slot, and the place. */
  static StreamBatch of(long step, int slot, int count) {
    List<PlacedExample> examples =
        IntStream.range(0, count)
            .mapToObj(
                place ->
                    new PlacedExample(
                        new Position("p", 1000 * step + 100L * slot + place),
                        new Example(
                            new float[] {100f * step + slot, place}, new float[] {1}, false)))
            .toList();
    return new StreamBatch(Round.training(step), slot, examples, Intake.NONE);
  }

  /** The offsets of examples. */
  static List<Long> offsets(List<PlacedExample> examples) {
    return examples.stream().map(placed -> placed.position().offset()).toList();
  }
}
