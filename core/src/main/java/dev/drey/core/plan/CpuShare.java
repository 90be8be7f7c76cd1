package dev.drey.core.plan;

/** The number of processors of a worker, by its memory size. */
public enum CpuShare {

  /** Proportional to memory, as Lambda documents: one vCPU at 1,769 MB, about 5.8 at 10,240 MB. */
  BY_MEMORY {
    @Override
    public double vcpus(int memoryMb) {
      return memoryMb / MB_PER_VCPU;
    }
  },

  /** One core at every memory size, as with local workers. */
  WHOLE_CORE {
    @Override
    public double vcpus(int memoryMb) {
      return 1;
    }
  };

  private static final double MB_PER_VCPU = 1769;

  /**
   * Virtual processors of a worker, above 0.
   *
   * @param memoryMb memory size
   */
  public abstract double vcpus(int memoryMb);
}
