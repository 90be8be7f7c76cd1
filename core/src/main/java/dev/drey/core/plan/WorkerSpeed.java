package dev.drey.core.plan;

/**
 * How long a worker computes: t = fixed + flops / rate x 1 / v with a part v of a vCPU, and flops /
 * rate x ((1 - p) + p / v) with more than one (Amdahl, 1967: "Validity of the single processor
 * approach to achieving large scale computing capabilities").
 *
 * @param fixedSeconds of every request, at least 0
 * @param flopsPerSecond of one vCPU, above 0
 * @param parallelShare p, the share of the operations that several vCPUs divide among them, in [0,
 *     1]; Drey's workers compute with one thread: 0
 * @param cpuShare the v of a memory size
 */
public record WorkerSpeed(
    double fixedSeconds, double flopsPerSecond, double parallelShare, CpuShare cpuShare) {

  public WorkerSpeed {
    Check.atLeastZero("fixed seconds", fixedSeconds);
    Check.aboveZero("FLOP per second", flopsPerSecond);
    Check.share("parallel share", parallelShare);
  }

  /** On Lambda, where the memory size decides. */
  public WorkerSpeed(double fixedSeconds, double flopsPerSecond, double parallelShare) {
    this(fixedSeconds, flopsPerSecond, parallelShare, CpuShare.BY_MEMORY);
  }

  /** Seconds that a worker of this memory size takes for so many operations. */
  public double seconds(double flops, int memoryMb) {
    return fixedSeconds + flops / flopsPerSecond * slowdown(memoryMb);
  }

  /**
   * How many times as long as on one vCPU the operations take: falls as memory grows, memory times
   * it does not.
   */
  double slowdown(int memoryMb) {
    double vcpus = cpuShare.vcpus(memoryMb);
    return vcpus <= 1 ? 1 / vcpus : (1 - parallelShare) + parallelShare / vcpus;
  }
}
