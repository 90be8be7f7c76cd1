package dev.drey.job.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.drey.core.data.CsvLine;
import dev.drey.core.plan.OnTasks;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.Place;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measured steps as comma-separated values with a header line:
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>structure</td><td>from the root, as 1-5-22-100</td></tr>
 * <tr><td>seconds</td><td>of one step; or total_seconds and iterations</td></tr>
 * <tr><td>case</td><td>rows with the same name are one case; if left out, all rows are one</td></tr>
 * <tr><td>tasks, shards</td><td>of a dataflow whose tasks share the nodes; if left out, every node is a
 * function of its own</td></tr>
 * <tr><td>memory_mb, parameters</td><td>of a worker, of the network</td></tr>
 * </table>
 *
 * <p>Within a case, tasks, shards, memory and parameters must be equal. Other columns are ignored;
 * lines that start with # are comments.
 */
public final class Measurements {

  /** The size limit of a file. */
  static final int MAX_BYTES = 1 << 20;

  /** The largest number of measurements in a file. */
  static final int MAX_ROWS = 1_000;

  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.ALLOW_COMMENTS)
          .build();

  private final String name;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, MeasuredRow> firsts = new LinkedHashMap<>();
  private final Map<String, List<Measurement>> rows = new LinkedHashMap<>();

  private Measurements(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @return at least one case, in the order of the file
   * @throws SpecificationException with all faults, each with its line
   */
  public static List<MeasuredCase> read(Path file) throws SpecificationException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (IOException e) {
      String reason = Files.exists(file) ? "cannot be read: " + e : "does not exist";
      throw new SpecificationException(List.of(Fault.of(file.toString(), reason)));
    }
  }

  /**
   * Reads an open file without closing it.
   *
   * @param name of the file, for messages
   */
  static List<MeasuredCase> read(String name, InputStream in)
      throws IOException, SpecificationException {
    Measurements read = new Measurements(name);
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      read.fault(0, "has more than " + MAX_BYTES + " bytes, the limit");
    } else {
      read.parse(bytes);
    }
    if (!read.faults.isEmpty()) {
      throw new SpecificationException(read.faults);
    }
    return read.cases();
  }

  /**
   * Writes measurements of one loop in the format that {@link #read} reads.
   *
   * @param parameters of the network
   */
  public static String csv(List<Measurement> rows, OnTasks loop, int parameters) {
    CsvTable text = new CsvTable("structure", "seconds", "parameters", "tasks", "shards");
    for (Measurement row : rows) {
      text.row(row.structure().dashed(), row.seconds(), parameters, loop.tasks(), loop.shards());
    }
    return text.toString();
  }

  private void parse(byte[] bytes) throws IOException {
    int line = 0;
    int count = 0;
    try (CsvParser parser = CSV.createParser(bytes)) {
      parser.nextToken(); // the array of lines
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        fault(0, "is empty, must start with a header line");
        return;
      }
      CsvLine header = CsvLine.read(parser);
      line = header.number();
      if (!checkHeader(header)) {
        return;
      }
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        CsvLine row = CsvLine.read(parser);
        line = row.number();
        if (++count > MAX_ROWS) {
          fault(line, "is one row more than " + MAX_ROWS + ", the limit");
          return;
        }
        take(header, row);
      }
      if (count == 0) {
        fault(line, "is the last line, must be followed by measurements");
      }
    } catch (JsonProcessingException e) {
      fault(0, "is not valid CSV after line " + line + ": " + e.getOriginalMessage());
    }
  }

  private boolean checkHeader(CsvLine header) {
    int before = faults.size();
    for (String column : MeasuredRow.COLUMNS) {
      if (header.cells().indexOf(column) != header.cells().lastIndexOf(column)) {
        fault(header.number(), "has more than one column \"" + column + "\"");
      }
    }
    require(header, "structure");
    if (header.cells().contains("seconds") == header.cells().contains("total_seconds")) {
      fault(
          header.number(),
          "has the columns "
              + header.cells()
              + ", must have either seconds, or total_seconds and iterations");
    } else if (header.cells().contains("total_seconds")) {
      require(header, "iterations");
    }
    if (header.cells().contains("shards")) {
      require(header, "tasks");
    }
    return faults.size() == before;
  }

  private void require(CsvLine header, String column) {
    if (!header.cells().contains(column)) {
      fault(header.number(), "has no column \"" + column + "\"; it has " + header.cells());
    }
  }

  private void take(CsvLine header, CsvLine row) {
    if (row.cells().size() != header.cells().size()) {
      fault(
          row.number(),
          "has " + row.cells().size() + " columns, the header " + header.cells().size());
      return;
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < header.cells().size(); i++) {
      cells.put(header.cells().get(i), row.cells().get(i));
    }
    MeasuredRow.read(cells, problem -> fault(row.number(), problem))
        .ifPresent(read -> add(row.number(), read));
  }

  private void add(int line, MeasuredRow row) {
    MeasuredRow first = firsts.computeIfAbsent(row.name(), name -> row);
    first.difference(row).ifPresent(problem -> fault(line, problem));
    rows.computeIfAbsent(row.name(), name -> new ArrayList<>()).add(row.measurement());
  }

  private List<MeasuredCase> cases() {
    return firsts.values().stream()
        .map(
            first ->
                new MeasuredCase(
                    first.name(),
                    first.placement(),
                    first.memoryMb(),
                    first.parameters(),
                    rows.get(first.name())))
        .toList();
  }

  private void fault(int line, String problem) {
    faults.add(new Fault(new Place(name, line), problem));
  }
}
