package dev.drey.core.aggregation;

import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.stream.Intake;
import dev.drey.core.work.Round;
import java.util.List;

/**
 * The gradient sum of some slots of one step, over a range of the parameter vector. Sums travel up
 * the tree; the mean is computed once, at the root.
 *
 * @param round the step, or the evaluation, that the slots belong to
 * @param parameters the range of the flat vector; empty for an evaluation, which has no gradient
 * @param slots the half-open interval of slots that is added up here, a node of the {@link
 *     MergeTree}
 * @param tally of those slots; the sums of every range carry the whole of it
 * @param dropped examples of those slots that are not in the sum, in slot order; carried like the
 *     tally
 * @param intake what was read of a stream for those slots; only the sum of the first range carries
 *     it
 * @param values the sum over the examples, one value per parameter of the range. Nobody changes the
 *     array behind it: a worker may hand the same one out again, and ranges of one sum share it
 */
public record PartialSum(
    Round round,
    Range parameters,
    Range slots,
    Tally tally,
    List<Dropped> dropped,
    Intake intake,
    Slice values) {

  /** A sum of a data set, from which nothing was dropped. */
  public PartialSum(Round round, Range parameters, Range slots, Tally tally, Slice values) {
    this(round, parameters, slots, tally, List.of(), Intake.NONE, values);
  }

  public PartialSum {
    dropped = List.copyOf(dropped);
    if (values.length() != parameters.length()) {
      throw new IllegalArgumentException(
          round
              + ", slots "
              + slots
              + ": the sum has "
              + values.length()
              + " values, range "
              + parameters
              + " needs "
              + parameters.length());
    }
  }

  /** The part of this sum over a range within {@link #parameters}; shares the array. */
  public PartialSum over(Range range) {
    Range relative = new Range(range.from() - parameters.from(), range.to() - parameters.from());
    Intake carried = relative.from() == 0 ? intake : Intake.NONE;
    return new PartialSum(round, range, slots, tally, dropped, carried, values.part(relative));
  }
}
