package dev.drey.core.cost;

import java.io.Serializable;

/**
 * Lambda's price of function time and requests, as AWS documented it in November 2026 for
 * us-east-1, first tier, without the free tier: https://aws.amazon.com/lambda/pricing/.
 *
 * @param dollarsPerGigabyteSecond per memory size times billed time; a gigabyte is 1,024 MB
 * @param dollarsPerRequest per invocation
 */
public record Price(double dollarsPerGigabyteSecond, double dollarsPerRequest)
    implements Serializable {

  /** x86-64 functions: $0.0000166667 per GB-second, $0.20 per million requests. */
  public static final Price X86 = new Price(0.0000166667, 0.20e-6);

  /** Arm (Graviton) functions: $0.0000133334 per GB-second, $0.20 per million requests. */
  public static final Price ARM = new Price(0.0000133334, 0.20e-6);

  public Price {
    check("dollars per GB-second", dollarsPerGigabyteSecond);
    check("dollars per request", dollarsPerRequest);
  }

  /**
   * The cost of invocations, dollars.
   *
   * @param billedMillis billed function time of all invocations together, milliseconds
   * @param memoryMegabytes memory size of the function
   * @param invocations number of invocations
   */
  public double dollars(long billedMillis, int memoryMegabytes, long invocations) {
    return charge(billedMillis / 1000.0, memoryMegabytes, invocations);
  }

  /**
   * The expected cost of one invocation, dollars.
   *
   * @param billedSeconds expected billed function time
   * @param memoryMegabytes memory size of the function
   */
  public double dollars(double billedSeconds, int memoryMegabytes) {
    return charge(billedSeconds, memoryMegabytes, 1);
  }

  private double charge(double seconds, int memoryMegabytes, long invocations) {
    double gigabyteSeconds = seconds * (memoryMegabytes / 1024.0);
    return gigabyteSeconds * dollarsPerGigabyteSecond + invocations * dollarsPerRequest;
  }

  private static void check(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 0 and finite");
    }
  }
}
