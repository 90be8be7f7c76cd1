package dev.drey.operators.server;

import dev.drey.operators.coordination.Progress;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.accumulators.SimpleAccumulator;

/** The last progress of a run, as a Flink accumulator, which the client gets with the result. */
public final class FinalProgress implements SimpleAccumulator<Progress> {

  private static final long serialVersionUID = 1L;

  /** The accumulator's name. */
  public static final String NAME = "progress";

  private volatile Progress last = Progress.NONE;

  @Override
  public void add(Progress value) {
    last = value;
  }

  @Override
  public Progress getLocalValue() {
    return last;
  }

  @Override
  public void resetLocal() {
    last = Progress.NONE;
  }

  @Override
  public void merge(Accumulator<Progress, Progress> other) {
    if (other.getLocalValue().version() >= last.version()) {
      last = other.getLocalValue();
    }
  }

  @Override
  public FinalProgress clone() {
    FinalProgress copy = new FinalProgress();
    copy.last = last;
    return copy;
  }
}
