package dev.drey.core.record;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.drey.core.data.CsvLine;
import dev.drey.core.stream.RejectedRecordException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records that are one line of separated values each, without a header. An empty cell counts as a
 * missing field.
 *
 * @param columns the names of all columns, in order
 * @param separator the character between cells
 */
public record CsvRecordFormat(List<String> columns, char separator) implements RecordFormat {

  private static final long serialVersionUID = 1L;

  public CsvRecordFormat {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || new HashSet<>(columns).size() < columns.size()) {
      throw new IllegalArgumentException(
          columns.isEmpty() ? "names no columns" : "names a column twice: " + columns);
    }
  }

  @Override
  public Parser open(RecordLimits limits) {
    CsvFactory factory =
        CsvFactory.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(limits.bytes()).build())
            .build();
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    Map<String, Integer> places = new HashMap<>();
    columns.forEach(column -> places.put(column, places.size()));
    return value -> {
      List<String> cells = cells(factory, schema, value);
      return path -> value(cells, places.getOrDefault(path.text(), -1));
    };
  }

  private static FieldValue value(List<String> cells, int place) {
    return place < 0 || cells.get(place).isEmpty()
        ? FieldValue.Missing.HERE
        : new FieldValue.Text(cells.get(place));
  }

  private List<String> cells(CsvFactory factory, CsvSchema schema, byte[] value)
      throws RejectedRecordException {
    List<String> cells = List.of();
    try (CsvParser parser = factory.createParser(value)) {
      parser.setSchema(schema);
      parser.nextToken(); // start of the array that holds all lines
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        cells = CsvLine.read(parser).cells();
      }
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        throw new RejectedRecordException("has more than one line");
      }
    } catch (IOException e) {
      throw new RejectedRecordException(
          "is not CSV: " + Excerpt.of(String.valueOf(e.getMessage())));
    }
    if (cells.size() != columns.size()) {
      throw new RejectedRecordException(
          "has " + cells.size() + " cells, must have " + columns.size());
    }
    return cells;
  }

  @Override
  public Optional<String> fault(FieldPath path) {
    return columns.contains(path.text())
        ? Optional.empty()
        : Optional.of("is not a column, the columns are " + String.join(", ", columns));
  }
}
