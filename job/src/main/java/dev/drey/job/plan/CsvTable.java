package dev.drey.job.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated values with a header line. */
final class CsvTable {

  private static final CsvMapper MAPPER = CsvMapper.builder().build();

  private final List<List<Object>> lines = new ArrayList<>();

  CsvTable(Object... header) {
    lines.add(List.of(header));
  }

  void row(Object... cells) {
    lines.add(List.of(cells));
  }

  @Override
  public String toString() {
    try {
      StringBuilder text = new StringBuilder();
      for (List<Object> line : lines) {
        text.append(MAPPER.writeValueAsString(line));
      }
      return text.toString();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
