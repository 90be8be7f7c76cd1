package dev.drey.core.plan;

/**
 * The performance constants of a platform on which training runs.
 *
 * @param slot constants of a slot's time
 * @param tree constants of aggregation
 * @param base time of a step that is independent of the plan, by the bytes of the parameter vector:
 *     dispatch, the parameter server, publishing weights
 * @param limits limits of the platform
 * @param source where the numbers come from, and which of them were not measured
 */
public record Profile(
    SlotConstants slot, TreeConstants tree, Transfer base, Limits limits, String source) {

  /**
   * Local workers, measured with Drey's benchmarks on a two-core machine (EPYC Zen 4, JDK 17). The
   * machine had other load, so all values but tree and base are upper bounds. Each worker has one
   * core at any memory size.
   *
   * <p>Speed: {@code bench worker}, 69 and 61 GFLOP/s for 784-512-256-10 and LeNet. Down and up:
   * {@code bench train}, 10.1 ms and 4.1 ns per byte for both ways together, split evenly;
   * stragglers likewise. Tree and base: {@code bench loop} with 100 slots, 2 tasks and vectors of
   * 42,601 and 1,200,000 parameters, 1 and 9 shards: 0.118 and 2.08 ms per sum, 0.725 and 3.4 ms
   * per hop, 1.56 and 11 ms base.
   */
  public static final Profile LOCAL =
      new Profile(
          new SlotConstants(
              new WorkerSpeed(0.0003, 65e9, 0, CpuShare.WHOLE_CORE),
              new Transfer(0.005, 490e6),
              new Transfer(0.005, 490e6),
              ColdStarts.NONE,
              new Stragglers(0.2)),
          new TreeConstants(65e-6, 3.21e9, new Transfer(0.63e-3, 1.73e9)),
          new Transfer(1.2e-3, 490e6),
          new Limits(2, Limits.LAMBDA.invocationSeconds()),
          "measured by bin/drey bench worker, train and loop on two cores of an EPYC Zen 4");

  /**
   * AWS Lambda with weights in S3 and gradients in the answers, by published figures; none was
   * measured by Drey.
   *
   * <p>Speed: Feng et al. (2018), 98.3 GFLOP in 17.1 s of 1,536 MB (the constant of the fit to
   * their ten structures), with TensorFlow 1.0; today's processors are likely faster. Down: S3's
   * documented 100 to 200 ms for a small object, and 115 MB/s. Up: 84 MB/s from a function to EC2;
   * both rates from measurements of 2020 published with lambdaDNN (IEEE Trans. Computers, 2021).
   * The overhead of an invocation is not documented, and omitted. Cold starts: AWS documents "under
   * 100 ms to over 1 second", and that an environment ends every few hours even under constant use;
   * assumed are 1 s, and one in 7,200 invocations (two hours of invocations of one second).
   * Stragglers, tree and base are those of {@link #LOCAL}, which includes no network between
   * Flink's tasks. Arm is assumed to be as fast as x86.
   */
  public static final Profile AWS_LAMBDA =
      new Profile(
          new SlotConstants(
              new WorkerSpeed(0, 6.62e9, 0),
              new Transfer(0.15, 115e6),
              new Transfer(0, 84e6),
              new ColdStarts(1, 1.0 / 7200),
              LOCAL.slot().stragglers()),
          LOCAL.tree(),
          LOCAL.base(),
          Limits.LAMBDA,
          "published and documented figures of AWS Lambda and S3, none measured by Drey; adding up"
              + " as measured on two cores of an EPYC Zen 4");

  public Profile {
    if (source.isBlank()) {
      throw new IllegalArgumentException("a profile must say where its numbers come from");
    }
  }

  public Profile withSlot(SlotConstants constants) {
    return new Profile(constants, tree, base, limits, source);
  }

  public Profile withTree(TreeConstants constants) {
    return new Profile(slot, constants, base, limits, source);
  }

  public Profile withBase(Transfer constants) {
    return new Profile(slot, tree, constants, limits, source);
  }

  /** This profile with another limit of concurrent workers. */
  public Profile withConcurrency(int concurrency) {
    return withLimits(new Limits(concurrency, limits.invocationSeconds()));
  }

  public Profile withLimits(Limits other) {
    return new Profile(slot, tree, base, other, source);
  }

  public Profile withSource(String text) {
    return new Profile(slot, tree, base, limits, text);
  }
}
