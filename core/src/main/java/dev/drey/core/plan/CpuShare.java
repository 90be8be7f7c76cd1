package dev.drey.core.plan;

/** How much processor a worker has. */
public enum CpuShare {

  /**
   * As Lambda documents it: 1,769 MB of memory have one vCPU, more and less in proportion, 10,240
   * MB about 5.8.
   */
  BY_MEMORY {
    @Override
    public double vcpus(int memoryMb) {
      return memoryMb / MB_PER_VCPU;
    }
  },

  /** One core whatever the memory size, as local workers have it. */
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
