package dev.drey.core.plan;

/**
 * A model of a worker's computing time with v vCPUs: t = fixed + flops / rate x 1 / v for v <= 1,
 * and t = fixed + flops / rate x ((1 - p) + p / v) for v > 1 (Amdahl, 1967: "Validity of the single
 * processor approach to achieving large scale computing capabilities").
 *
 * @param fixedSeconds overhead of every request, at least 0
 * @param flopsPerSecond rate of one vCPU, above 0
 * @param parallelShare p, the parallelizable share of the operations, in [0, 1]; 0 for Drey's
 *     workers, which compute in one thread
 * @param cpuShare v as a function of memory size
 */
public record WorkerSpeed(
    double fixedSeconds, double flopsPerSecond, double parallelShare, CpuShare cpuShare) {

  public WorkerSpeed {
    Check.atLeastZero("fixed seconds", fixedSeconds);
    Check.aboveZero("FLOP per second", flopsPerSecond);
    Check.share("parallel share", parallelShare);
  }

  /** The speed on Lambda, where vCPUs are proportional to memory. */
  public WorkerSpeed(double fixedSeconds, double flopsPerSecond, double parallelShare) {
    this(fixedSeconds, flopsPerSecond, parallelShare, CpuShare.BY_MEMORY);
  }

  /** Seconds that a worker of this memory size takes for this many operations. */
  public double seconds(double flops, int memoryMb) {
    return fixedSeconds + flops / flopsPerSecond * slowdown(memoryMb);
  }

  /**
   * The time of the operations relative to one vCPU. It falls as memory grows; its product with
   * memory does not fall.
   */
  double slowdown(int memoryMb) {
    double vcpus = cpuShare.vcpus(memoryMb);
    return vcpus <= 1 ? 1 / vcpus : (1 - parallelShare) + parallelShare / vcpus;
  }
}
