package dev.drey.job.specification;

import dev.drey.core.aggregation.Structure;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.workers.WorkerSettings;
import java.util.List;
import java.util.Optional;

/**
 * How gradients are added up.
 *
 * @param given structure of the tree, with as many slots as there are workers; empty if it is
 *     planned
 * @param planned the structure that a planned run starts with; empty until it is known
 */
public record AggregationSettings(Optional<Structure> given, Optional<Structure> planned) {

  static final Key<AggregationSettings, Optional<Structure>> STRUCTURE =
      Key.of(
              "structure",
              new OrWord<>(new StructureType(), "auto"),
              AggregationSettings::given,
              "nodes per level from the root to the slots, ending in workers.count; flat is [1,"
                  + " workers.count]; auto is planned at the start, and again at checkpoints: the"
                  + " brackets of floating-point sums, and so the last bits of the weights, then"
                  + " depend on when it changed, which curve.csv and structures.csv record")
          .orElse("flat", AggregationSettings::flat);

  static final Key<AggregationSettings, Optional<Structure>> PLANNED =
      Key.of(
              "planned",
              new Maybe<>(new StructureType()),
              AggregationSettings::planned,
              "structure that auto starts with; the program writes here what it planned")
          .orElse(Optional.empty(), "what the planner says");

  static final Section<AggregationSettings> SECTION =
      new Section<AggregationSettings>(
              List.of(STRUCTURE, PLANNED),
              values -> new AggregationSettings(values.get(STRUCTURE), values.get(PLANNED)))
          .check(reading -> checkSlots(STRUCTURE, reading))
          .check(reading -> checkSlots(PLANNED, reading))
          .check(AggregationSettings::checkPlanned);

  /** A fixed structure. */
  public static AggregationSettings of(Structure structure) {
    return new AggregationSettings(Optional.of(structure), Optional.empty());
  }

  /** Whether the program chooses, and may change, the structure. */
  public boolean isAuto() {
    return given.isEmpty();
  }

  /**
   * The structure that the run starts with.
   *
   * @throws IllegalStateException if it is still to be planned
   */
  public Structure structure() {
    return given
        .or(() -> planned)
        .orElseThrow(() -> new IllegalStateException("aggregation.structure is not planned yet"));
  }

  /** Sets the structure to start with, if none is given. */
  AggregationSettings startingWith(Structure structure) {
    return isAuto() ? new AggregationSettings(given, Optional.of(structure)) : this;
  }

  private static Optional<Optional<Structure>> flat(Reading reading) {
    Optional<Structure> flat = StructureType.flat(reading);
    return flat.isPresent() ? Optional.of(flat) : Optional.empty();
  }

  private static void checkSlots(
      Key<AggregationSettings, Optional<Structure>> key, Reading reading) {
    Optional<Structure> structure = reading.value(key).flatMap(value -> value);
    Optional<Integer> count = reading.value(WorkerSettings.COUNT);
    if (structure.isPresent()
        && count.isPresent()
        && structure.get().slots() != count.get().intValue()) {
      reading.fault(
          key,
          "is "
              + structure.get()
              + ", which ends in "
              + structure.get().slots()
              + " slots, must end in workers.count, "
              + count.get());
    }
  }

  private static void checkPlanned(Reading reading) {
    if (reading.isGiven(PLANNED)
        && reading.value(STRUCTURE).flatMap(structure -> structure).isPresent()) {
      reading.fault(PLANNED, "is given, must be left out: structure is not auto");
    }
  }
}
