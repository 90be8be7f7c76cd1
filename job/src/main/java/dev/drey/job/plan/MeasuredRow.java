package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.OnFunctions;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A line of a file of measurements.
 *
 * @param name of its case
 * @param memoryMb memory of a worker; 0 if the file does not say
 * @param parameters of the network; 0 if the file does not say
 */
record MeasuredRow(
    String name, Placement placement, int memoryMb, int parameters, Measurement measurement) {

  static final List<String> COLUMNS =
      List.of(
          "structure",
          "seconds",
          "total_seconds",
          "iterations",
          "case",
          "tasks",
          "shards",
          "memory_mb",
          "parameters");

  /** The largest number of slots of a structure. */
  static final int MAX_SLOTS = 100_000;

  private static final int MAX_LEVELS = 30;

  /** The longest plausible step, a week, in seconds. */
  static final double MAX_SECONDS = 7 * 24 * 3600;

  private static final int MAX_NAME = 100;
  private static final int MAX_PARTS = 1_000_000;

  /** Reads the cells of a line by the names of their columns; reports all faults. */
  static Optional<MeasuredRow> read(Map<String, String> cells, Consumer<String> problems) {
    List<String> found = new ArrayList<>();
    Reader reader = new Reader(cells, found);
    Optional<Structure> structure = reader.structure();
    double seconds = reader.seconds();
    Placement placement = reader.placement();
    int memoryMb = reader.whole("memory_mb", 0);
    int parameters = reader.whole("parameters", 0);
    String name = cells.getOrDefault("case", "");
    if (name.length() > MAX_NAME) {
      found.add("case has " + name.length() + " letters, may have at most " + MAX_NAME);
    }
    found.forEach(problems);
    return found.isEmpty()
        ? structure.map(
            s ->
                new MeasuredRow(name, placement, memoryMb, parameters, new Measurement(s, seconds)))
        : Optional.empty();
  }

  /** A difference from another row that must not exist within one case. */
  Optional<String> difference(MeasuredRow other) {
    if (!other.placement.equals(placement)) {
      return Optional.of(
          differs("tree", MeasuredCase.place(other.placement), MeasuredCase.place(placement)));
    }
    if (other.memoryMb != memoryMb) {
      return Optional.of(differs("memory_mb", other.memoryMb, memoryMb));
    }
    if (other.parameters != parameters) {
      return Optional.of(differs("parameters", other.parameters, parameters));
    }
    return Optional.empty();
  }

  private String differs(String column, Object here, Object there) {
    return column
        + " is "
        + here
        + ", must be "
        + there
        + " as in the other rows of its case; or name another case";
  }

  /** Reads cells, and reports faults. */
  private record Reader(Map<String, String> cells, List<String> problems) {

    Optional<Structure> structure() {
      try {
        Structure structure = Structure.parse(cells.getOrDefault("structure", ""));
        limit("slots", structure.slots(), MAX_SLOTS);
        limit("levels", structure.levels(), MAX_LEVELS);
        return Optional.of(structure);
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }

    private void limit(String what, int has, int most) {
      if (has > most) {
        problems.add("structure has " + has + " " + what + ", may have at most " + most);
      }
    }

    double seconds() {
      return cells.containsKey("seconds")
          ? seconds("seconds", 1)
          : seconds("total_seconds", whole("iterations", 1));
    }

    private double seconds(String column, int steps) {
      String text = cells.getOrDefault(column, "");
      double seconds = number(text) / steps;
      if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
        problems.add(
            column + " is \"" + text + "\", must be a number above 0, and at most a week per step");
      }
      return seconds;
    }

    private static double number(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }

    Placement placement() {
      return cells.containsKey("tasks")
          ? new OnTasks(whole("tasks", 1), whole("shards", 1))
          : new OnFunctions();
    }

    /** A whole number of at least 1, or {@code absent} without such a column. */
    int whole(String column, int absent) {
      String text = cells.get(column);
      if (text == null) {
        return absent;
      }
      try {
        int number = Integer.parseInt(text);
        if (number >= 1 && number <= most(column)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // reported below
      }
      problems.add(
          column + " is \"" + text + "\", must be a whole number from 1 to " + most(column));
      return 1;
    }

    private static int most(String column) {
      return column.equals("parameters") ? Integer.MAX_VALUE : MAX_PARTS;
    }
  }
}
