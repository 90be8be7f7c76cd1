package dev.drey.core.plan;

/**
 * All constants of a place where training runs.
 *
 * @param slot what a slot's time is made of
 * @param tree what adding up costs
 * @param base of a step, whatever the plan, by the bytes of the parameter vector: dispatch, the
 *     parameter server, publishing
 * @param limits what the place allows
 * @param source where the numbers come from, and what of them is not measured
 */
public record Profile(
    SlotConstants slot, TreeConstants tree, Transfer base, Limits limits, String source) {

  /**
   * A machine of two cores (EPYC Zen 4, JDK 17) with local workers. Tree and base are a fit of the
   * loop over vectors of 42,601 and 1,200,000 parameters.
   */
  public static final Profile LOCAL =
      new Profile(
          new SlotConstants(
              new WorkerSpeed(0.001, 50e9, 0, CpuShare.WHOLE_CORE),
              new Transfer(0.001, 1e9),
              new Transfer(0.001, 1e9),
              ColdStarts.NONE,
              new Stragglers(0.1)),
          new TreeConstants(68e-6, 3.4e9, new Transfer(0.63e-3, 1.73e9)),
          new Transfer(1.2e-3, 490e6),
          new Limits(2, Limits.LAMBDA.invocationSeconds()),
          "measured on two cores of an EPYC Zen 4 by bin/drey bench loop and bench worker");

  /** AWS Lambda with weights in S3, by what is documented and published. */
  public static final Profile AWS_LAMBDA =
      new Profile(
          new SlotConstants(
              new WorkerSpeed(0.01, 6.6e9, 0),
              new Transfer(0.15, 115e6),
              new Transfer(0.02, 84e6),
              new ColdStarts(1, 1.0 / 7200),
              new Stragglers(0.1)),
          LOCAL.tree(),
          LOCAL.base(),
          Limits.LAMBDA,
          "published and documented figures of AWS Lambda, not measured by Drey");

  public Profile withSlot(SlotConstants constants) {
    return new Profile(constants, tree, base, limits, source);
  }

  public Profile withTree(TreeConstants constants) {
    return new Profile(slot, constants, base, limits, source);
  }

  public Profile withBase(Transfer constants) {
    return new Profile(slot, tree, constants, limits, source);
  }

  /** With another number of workers at a time. */
  public Profile withConcurrency(int concurrency) {
    return new Profile(
        slot, tree, base, new Limits(concurrency, limits.invocationSeconds()), source);
  }

  public Profile withSource(String text) {
    return new Profile(slot, tree, base, limits, text);
  }
}
