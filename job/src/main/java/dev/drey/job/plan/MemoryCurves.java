package dev.drey.job.plan;

import dev.drey.core.plan.MemoryModel;
import dev.drey.core.plan.MemoryPoint;
import dev.drey.core.plan.PlanSpace;
import java.util.List;
import java.util.Map;

/**
 * Reproduces figures 9 and 10 of Feng et al. (2018): time, cost and ratio of an iteration by memory
 * size, in their two cases, with the best structure. The values are modelled, not measured: the
 * authors measured a single memory size in each case, see {@link MemoryModel}.
 */
public final class MemoryCurves {

  /**
   * Operations of one worker in an iteration. A: 20 steps over 50 rows with 248,600 operations
   * each, 6 per weight and 4 in the first layer. B: 20 steps over 25 rows with 196.6 million each.
   */
  private static final Map<String, Double> FLOPS = Map.of("A", 0.2486e9, "B", 98.3e9);

  private MemoryCurves() {}

  /** A point for each MB from 128 to 10,240. */
  static List<MemoryPoint> of(PaperCase one) {
    MemoryModel model = new MemoryModel(one.fit().model(), one.measured().memoryMb(), 0);
    return model.points(
        one.best(),
        PlanSpace.LAMBDA_MEMORY_MB,
        FLOPS.get(one.measured().name()) * one.measured().slots(),
        PaperCase.DOLLARS_PER_MB_SECOND);
  }

  /** All points as comma-separated values: case, memory_mb, seconds, dollars, ratio. */
  public static String csv(List<PaperCase> cases) {
    CsvTable text = new CsvTable("case", "memory_mb", "seconds", "dollars", "ratio");
    for (PaperCase one : cases) {
      for (MemoryPoint point : of(one)) {
        text.row(
            one.measured().name(),
            point.memoryMb(),
            point.seconds(),
            point.dollars(),
            point.ratio());
      }
    }
    return text.toString();
  }
}
