package dev.drey.core.data;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One record of comma-separated values; a quoted cell may span several lines of the file.
 *
 * @param number number of its first line in the file, from 1
 */
public record CsvLine(int number, List<String> cells) {

  public CsvLine {
    cells = List.copyOf(cells);
  }

  /** Reads the cells up to the end of the array in which the parser stands. */
  public static CsvLine read(CsvParser parser) throws IOException {
    List<String> cells = new ArrayList<>();
    int number = 0;
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (cells.isEmpty()) {
        number = parser.currentTokenLocation().getLineNr();
      }
      cells.add(parser.getText());
    }
    return new CsvLine(number, cells);
  }
}
