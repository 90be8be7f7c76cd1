package dev.drey.job.specification;

import dev.drey.core.aggregation.Structure;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Yaml;
import dev.drey.job.specification.workers.WorkerSettings;
import java.util.List;
import java.util.Optional;

/** A structure as a list, {@code [1, 4, 16]}, or {@code flat}. */
final class StructureType implements Type<Structure> {

  private static final Type<List<Integer>> SIZES = new ListOf<>("sizes", Numbers.whole(1, 100_000));

  @Override
  public Optional<Structure> read(Yaml yaml, Reading reading) {
    if (yaml instanceof Yaml.Text text && text.text().equals("flat")) {
      return flat(reading);
    }
    if (!(yaml instanceof Yaml.Items)) {
      reading.fault(yaml.place(), "is " + yaml.shown() + ", must be " + expects());
      return Optional.empty();
    }
    return SIZES.read(yaml, reading).flatMap(sizes -> structure(sizes, yaml, reading));
  }

  private static Optional<Structure> structure(List<Integer> sizes, Yaml yaml, Reading reading) {
    try {
      return Optional.of(new Structure(sizes));
    } catch (IllegalArgumentException e) {
      reading.fault(yaml.place(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  static Optional<Structure> flat(Reading reading) {
    return reading.value(WorkerSettings.COUNT).map(count -> Structure.of(1, count));
  }

  @Override
  public Object write(Structure value) {
    return SIZES.write(value.sizes());
  }

  @Override
  public String expects() {
    return "a list of sizes as [1, 4, 16], or flat";
  }
}
