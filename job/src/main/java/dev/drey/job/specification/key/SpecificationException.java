package dev.drey.job.specification.key;

import java.util.List;
import java.util.stream.Collectors;

/** A specification is wrong; the exception has all of its faults. */
public final class SpecificationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** At least one fault. */
  public SpecificationException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
