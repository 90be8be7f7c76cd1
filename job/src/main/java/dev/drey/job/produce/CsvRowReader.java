package dev.drey.job.produce;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.drey.core.data.CsvLine;
import dev.drey.core.data.DataException;
import dev.drey.core.feature.Label;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a CSV file with a header line as JSON objects. Columns become fields, cells with a
 * number become numbers, and empty cells are omitted. A drift mirrors the label's number at the
 * threshold.
 */
public final class CsvRowReader implements RowReader {

  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][-+]?[0-9]{1,3})?");

  private final Path file;
  private final CsvParser parser;
  private final List<String> columns;
  private final int keyColumn;
  private final Label.@Nullable Above label;

  private CsvRowReader(
      Path file, CsvParser parser, @Nullable String key, Label.@Nullable Above label)
      throws IOException {
    this.file = file;
    this.parser = parser;
    this.label = label;
    parser.nextToken(); // the array of lines
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw new DataException(file + ": is empty, must start with a header line");
    }
    this.columns = CsvLine.read(parser).cells();
    this.keyColumn = key == null ? -1 : columns.indexOf(key);
    if (key != null && keyColumn < 0) {
      throw new DataException(file + ": has no column \"" + key + "\"; it has " + columns);
    }
  }

  /**
   * Opens a file.
   *
   * @param file text, or gzip if it ends in .gz
   * @param key the column with the key of the records, or null for no key
   * @param label the label that a drift mirrors, or null for none
   * @throws DataException if the file is empty, or has no such key column
   */
  public static CsvRowReader open(Path file, @Nullable String key, Label.@Nullable Above label)
      throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
      return new CsvRowReader(file, CSV.createParser(text), key, label);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public Optional<OutgoingRecord> next(boolean drifted) throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      return Optional.empty();
    }
    CsvLine line = CsvLine.read(parser);
    List<String> cells = line.cells();
    if (cells.size() != columns.size()) {
      throw new DataException(
          "%s: line %d has %d columns, the header %d"
              .formatted(file, line.number(), cells.size(), columns.size()));
    }
    ObjectNode object = JSON.createObjectNode();
    for (int i = 0; i < cells.size(); i++) {
      put(object, columns.get(i), cells.get(i), drifted);
    }
    byte[] key = keyColumn < 0 ? null : cells.get(keyColumn).getBytes(StandardCharsets.UTF_8);
    return Optional.of(new OutgoingRecord(key, JSON.writeValueAsBytes(object)));
  }

  private void put(ObjectNode object, String column, String cell, boolean drifted) {
    if (cell.isEmpty()) {
      return;
    }
    if (!NUMBER.matcher(cell).matches()) {
      object.put(column, cell);
    } else if (drifted && label != null && label.field().text().equals(column)) {
      object.put(column, 2 * label.threshold() - Double.parseDouble(cell));
    } else {
      object.put(column, Double.parseDouble(cell));
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
