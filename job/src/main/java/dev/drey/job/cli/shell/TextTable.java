package dev.drey.job.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows in columns as wide as their widest cell, two spaces apart: words left, numbers right. */
public final class TextTable {

  /** The alignment of a column's cells. */
  public enum Column {
    WORDS,
    NUMBERS
  }

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  public TextTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells, the table has " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** A line for each row, without spaces at its end. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        String format = (columns.get(i) == Column.WORDS ? "%-" : "%") + width(i) + "s";
        line.append(i == 0 ? "" : "  ").append(String.format(Locale.ROOT, format, row.get(i)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return Math.max(1, rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1));
  }
}
