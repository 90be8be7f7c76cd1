package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Extrapolates a step's time, measured with one memory size, to other sizes: t(z) = c slowdown(z) /
 * slowdown(measured) + tree. Assumes that c is computation alone, at the speed of Lambda's share of
 * a processor, and that the tree's time does not depend on memory.
 *
 * @param measured the fitted model; its base is c
 * @param measuredMb memory size of the measurement
 * @param parallelShare of the computation, see {@link WorkerSpeed}
 */
public record MemoryModel(StepModel measured, int measuredMb, double parallelShare) {

  public MemoryModel {
    Check.atLeast(1, "memory in MB", measuredMb);
    Check.share("parallel share", parallelShare);
  }

  /** t(z), the seconds of a step. */
  public double seconds(Structure structure, int memoryMb) {
    WorkerSpeed speed = new WorkerSpeed(0, 1, parallelShare);
    double slowdown = speed.slowdown(memoryMb) / speed.slowdown(measuredMb);
    return measured.base() * (slowdown - 1) + measured.seconds(structure);
  }

  /**
   * Time, cost C(z) = p n z t(z) and ratio R(z) = f / (C(z) t(z)) of a step by memory size (Feng et
   * al., 2018, figures 9 and 10).
   *
   * @param flops f, operations of all workers in a step, above 0
   * @param dollarsPerMbSecond p, above 0
   */
  public List<MemoryPoint> points(
      Structure structure, Span memoryMb, double flops, double dollarsPerMbSecond) {
    Check.aboveZero("FLOP", flops);
    Check.aboveZero("dollars per MB and second", dollarsPerMbSecond);
    return IntStream.rangeClosed(memoryMb.least(), memoryMb.most())
        .mapToObj(
            mb -> {
              double seconds = seconds(structure, mb);
              double dollars = dollarsPerMbSecond * structure.slots() * mb * seconds;
              return new MemoryPoint(mb, seconds, dollars, flops / (dollars * seconds));
            })
        .toList();
  }
}
