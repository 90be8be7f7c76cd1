package dev.drey.job.pretrained;

import java.io.IOException;
import java.util.List;

/** A file's weights are not those of the network. */
public final class MisfitException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems all that was found, at least one; each names a tensor
   */
  MisfitException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each names a tensor, or what there is too much of. */
  public List<String> problems() {
    return problems;
  }
}
