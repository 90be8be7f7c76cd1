package dev.drey.job.spec;

import dev.drey.job.spec.key.Fault;
import dev.drey.job.spec.key.SpecificationException;
import dev.drey.job.spec.key.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads specifications from text blocks, on a machine of 4 cores, without their files. */
final class SpecText {

  static final Surroundings SURROUNDINGS = new Surroundings(Path.of("/specs"), "spec", 4, false);

  /** The shortest specification there is. */
  static final String SHORTEST =
      """
      network:
        layers:
          - dense: {units: 10}
      data:
        format: idx
        features: images.gz
        labels: labels.gz
      """;

  private SpecText() {}

  static RunSpecification read(String yaml, Map<String, String> overrides)
      throws SpecificationException {
    return RunSpecification.parse(yaml.getBytes(StandardCharsets.UTF_8), overrides, SURROUNDINGS);
  }

  static RunSpecification read(String yaml) throws SpecificationException {
    return read(yaml, Map.of());
  }

  /** The faults of a text, as a user reads them. */
  static List<String> faults(String yaml) {
    return faults(yaml, Map.of());
  }

  static List<String> faults(String yaml, Map<String, String> overrides) {
    try {
      read(yaml, overrides);
      return List.of();
    } catch (SpecificationException e) {
      return e.faults().stream().map(Fault::toString).toList();
    }
  }
}
