package dev.drey.job.spec;

import dev.drey.core.aggregation.Structure;
import dev.drey.job.spec.key.Key;
import dev.drey.job.spec.key.Reading;
import dev.drey.job.spec.key.Section;
import java.util.List;
import java.util.Optional;

/**
 * How gradients are added up.
 *
 * @param structure of the tree; its slots are the workers' count
 */
public record AggregationSettings(Structure structure) {

  static final Key<AggregationSettings, Structure> STRUCTURE =
      Key.of(
              "structure",
              new StructureType(),
              AggregationSettings::structure,
              "nodes per level from the root to the slots, ending in workers.count; auto is the rule"
                  + " of Feng et al. (2018)")
          .orElse("auto", StructureType::ruleOfThumb);

  static final Section<AggregationSettings> SECTION =
      new Section<AggregationSettings>(
              List.of(STRUCTURE), values -> new AggregationSettings(values.get(STRUCTURE)))
          .check(AggregationSettings::checkSlots);

  private static void checkSlots(Reading reading) {
    Optional<Structure> structure = reading.value(STRUCTURE);
    Optional<Integer> count = reading.value(WorkerSettings.COUNT);
    if (structure.isPresent()
        && count.isPresent()
        && structure.get().slots() != count.get().intValue()) {
      reading.fault(
          STRUCTURE,
          "is "
              + structure.get()
              + ", which ends in "
              + structure.get().slots()
              + " slots, must end in workers.count, "
              + count.get());
    }
  }
}
