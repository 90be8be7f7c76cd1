package dev.drey.job.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A CSV file of a run.
 *
 * @param header names of its columns
 * @param rows values, in the order of the columns
 */
public record Curve(List<String> header, List<List<String>> rows) {

  /** Reads a file. */
  public static Curve read(Path file) throws IOException {
    List<List<String>> lines =
        Files.readAllLines(file).stream().map(line -> Arrays.asList(line.split(",", -1))).toList();
    return new Curve(lines.get(0), lines.subList(1, lines.size()));
  }

  /** The values of a column. */
  public List<Double> column(String name) {
    int index = header.indexOf(name);
    return rows.stream().map(row -> Double.valueOf(row.get(index))).toList();
  }

  /** The last value of a column. */
  public double last(String name) {
    List<Double> column = column(name);
    return column.get(column.size() - 1);
  }
}
