package dev.drey.job.plan;

import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Placement;
import java.util.List;

/**
 * Measurements of one network in one place: only the structure differs.
 *
 * @param name of the case in the file; empty if the file names no cases
 * @param placement where the nodes of the tree ran
 * @param memoryMb of a worker; 0 if the file does not say
 * @param parameters of the network; 0 if the file does not say
 * @param rows in the file's order, at least one
 */
public record MeasuredCase(
    String name, Placement placement, int memoryMb, int parameters, List<Measurement> rows) {

  public MeasuredCase {
    rows = List.copyOf(rows);
  }

  /** Where the nodes of the tree ran, in words. */
  public String place() {
    return place(placement);
  }

  static String place(Placement placement) {
    return placement instanceof OnTasks tasks
        ? "%d tasks and %d shards".formatted(tasks.tasks(), tasks.shards())
        : "a function for each node";
  }

  /** The largest number of slots of the measured structures. */
  public int slots() {
    return rows.stream().mapToInt(row -> row.structure().slots()).max().orElseThrow();
  }
}
