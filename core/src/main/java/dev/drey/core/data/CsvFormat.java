package dev.drey.core.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** Comma-separated values with a header line; only the named columns are kept. */
final class CsvFormat {

  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();

  private CsvFormat() {}

  static DataSet read(DataSource.Csv source, DataFile file) throws IOException {
    if (source.features().isEmpty()) {
      throw file.fault("names no feature columns, must name at least one");
    }
    return file.read((f, in) -> read(source, f, in));
  }

  private static DataSet read(DataSource.Csv source, DataFile file, InputStream in)
      throws IOException {
    int line = 0;
    try (CsvParser parser = CSV.createParser(in)) {
      parser.nextToken(); // start of the array that holds all lines
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw file.fault("is empty, must start with a header line");
      }
      CsvLine header = CsvLine.read(parser);
      Columns features = new Columns(file, header.cells(), source.features());
      Columns labels = new Columns(file, header.cells(), source.labels());
      for (line = header.number(); parser.nextToken() == JsonToken.START_ARRAY; ) {
        CsvLine row = CsvLine.read(parser);
        line = row.number();
        if (row.cells().size() != header.cells().size()) {
          throw file.fault(
              "line %d has %d columns, the header %d"
                  .formatted(line, row.cells().size(), header.cells().size()));
        }
        features.add(row);
        labels.add(row);
      }
      return new DataSet(file.path().toString(), features.matrix(), labels.matrix());
    } catch (JsonProcessingException e) {
      throw file.fault(
          "is not readable as CSV after line " + line + ": " + e.getOriginalMessage(), e);
    }
  }

  /** The values of selected columns, which grow row by row. */
  private static final class Columns {

    private final DataFile file;
    private final List<String> names;
    private final int[] places;
    private float[] values = new float[1024];
    private int size;

    Columns(DataFile file, List<String> header, List<String> names) throws DataException {
      this.file = file;
      this.names = names;
      this.places = new int[names.size()];
      for (int i = 0; i < places.length; i++) {
        places[i] = header.indexOf(names.get(i));
        if (places[i] < 0) {
          throw file.fault("has no column \"" + names.get(i) + "\"; it has " + header);
        }
        if (places[i] != header.lastIndexOf(names.get(i))) {
          throw file.fault("has more than one column \"" + names.get(i) + "\"");
        }
      }
    }

    void add(CsvLine line) throws DataException {
      if (places.length > values.length - size) {
        values = Arrays.copyOf(values, grown());
      }
      for (int i = 0; i < places.length; i++) {
        values[size++] = value(line.cells().get(places[i]), line.number(), names.get(i));
      }
    }

    private int grown() throws DataException {
      long least = (long) size + places.length;
      if (least > StoredMatrix.MAX_VALUES) {
        throw file.fault("has more than " + StoredMatrix.MAX_VALUES + " values, the most possible");
      }
      return (int) Math.min(StoredMatrix.MAX_VALUES, Math.max(least, 2L * size));
    }

    private float value(String text, int line, String column) throws DataException {
      try {
        return Float.parseFloat(text);
      } catch (NumberFormatException e) {
        throw file.fault(
            "line " + line + ", column \"" + column + "\": \"" + text + "\" is not a number", e);
      }
    }

    StoredMatrix matrix() {
      return new StoredMatrix.Floats(Arrays.copyOf(values, size), places.length);
    }
  }
}
