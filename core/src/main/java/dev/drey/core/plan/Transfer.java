package dev.drey.core.plan;

/**
 * How long bytes are on their way: t = request + bytes / rate.
 *
 * @param requestSeconds before the first byte, at least 0
 * @param bytesPerSecond above 0; infinite if the size does not matter
 */
public record Transfer(double requestSeconds, double bytesPerSecond) {

  public Transfer {
    Check.atLeastZero("seconds of a request", requestSeconds);
    if (!(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "bytes per second is " + bytesPerSecond + ", must be above 0");
    }
  }

  /** Takes so long, whatever the size. */
  public static Transfer fixed(double seconds) {
    return new Transfer(seconds, Double.POSITIVE_INFINITY);
  }

  public double seconds(double bytes) {
    return requestSeconds + bytes / bytesPerSecond;
  }
}
