package dev.drey.worker.layer;

/**
 * Random numbers by index: SplitMix64 (Steele, Lea and Flood 2014), whose i-th number can be
 * computed without the ones before. A stream is selected by 64 bits that are random numbers
 * themselves, so that the streams of neighbouring seeds and layers are independent.
 */
final class Draws {

  /** 2^64 divided by the golden ratio, odd. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private Draws() {}

  /** The number at an index from 0 of a stream, each of the 2^64 equally likely. */
  static long draw(long stream, long index) {
    long z = stream + (index + 1) * STEP;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
