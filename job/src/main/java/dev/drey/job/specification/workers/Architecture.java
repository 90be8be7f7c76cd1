package dev.drey.job.specification.workers;

import dev.drey.core.cost.Price;

/** The processors that a function runs on, which decide its price. */
public enum Architecture {
  /** x86-64. */
  X86,
  /** Arm, AWS Graviton. */
  ARM;

  public Price price() {
    return this == X86 ? Price.X86 : Price.ARM;
  }
}
