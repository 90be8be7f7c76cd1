package dev.drey.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A CSV file that a run has written.
 *
 * @param file where it is
 * @param header names of the columns
 * @param rows cells, as many as the header has
 */
public record CsvFile(Path file, List<String> header, List<List<String>> rows) {

  /**
   * Reads a file.
   *
   * @throws IOException if a line has not as many cells as the header
   */
  public static CsvFile read(Path file) throws IOException {
    List<List<String>> lines =
        Files.readString(file).lines().map(line -> List.of(line.split(",", -1))).toList();
    if (lines.isEmpty()) {
      throw new IOException(file + " is empty");
    }
    List<String> header = lines.get(0);
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).size() != header.size()) {
        throw new IOException(file + ", line " + (i + 1) + " has not the header's cells");
      }
    }
    return new CsvFile(file, header, lines.subList(1, lines.size()));
  }

  /**
   * The values of a column; NaN for an empty cell.
   *
   * @throws IOException if there is no column of that name
   */
  public double[] values(String name) throws IOException {
    int index = header.indexOf(name);
    if (index < 0) {
      throw new IOException(file + " has columns " + header + ", none is " + name);
    }
    return rows.stream()
        .map(row -> row.get(index))
        .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
        .toArray();
  }
}
