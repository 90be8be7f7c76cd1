package dev.drey.core.plan;

/**
 * One configuration in which a model can be trained, with its time and cost.
 *
 * @param workers number of workers, at least 1
 * @param memoryMb memory size of each
 * @param seconds of the whole training, at least 0
 * @param dollars of the whole training, at least 0
 */
public record ModelOption(int workers, int memoryMb, double seconds, double dollars) {

  public ModelOption {
    Check.atLeast(1, "workers", workers);
    Check.atLeast(1, "memory in MB", memoryMb);
    Check.atLeastZero("seconds", seconds);
    Check.atLeastZero("dollars", dollars);
  }
}
