package dev.drey.job.specification;

import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.key.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads specifications from text blocks, on a machine of 4 cores, without their files. */
public final class SpecText {

  static final Surroundings SURROUNDINGS = new Surroundings(Path.of("/specs"), "spec", 4, false);

  /** The shortest specification there is. */
  public static final String SHORTEST =
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

  public static RunSpecification read(String yaml, Map<String, String> overrides)
      throws SpecificationException {
    return RunSpecification.parse(yaml.getBytes(StandardCharsets.UTF_8), overrides, SURROUNDINGS);
  }

  public static RunSpecification read(String yaml) throws SpecificationException {
    return read(yaml, Map.of());
  }

  /** The faults of a text, as a user reads them. */
  public static List<String> faults(String yaml) {
    return faults(yaml, Map.of());
  }

  public static List<String> faults(String yaml, Map<String, String> overrides) {
    try {
      read(yaml, overrides);
      return List.of();
    } catch (SpecificationException e) {
      return e.faults().stream().map(Fault::toString).toList();
    }
  }
}
