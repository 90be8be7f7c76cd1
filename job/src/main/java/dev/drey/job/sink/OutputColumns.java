package dev.drey.job.sink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Named columns of an output, written as a line of a CSV file or as members of a JSON object. A
 * missing value is an empty cell, or null.
 *
 * @param <T> the elements
 */
public record OutputColumns<T>(List<Column<T>> columns) implements Serializable {

  private static final long serialVersionUID = 1L;

  public OutputColumns {
    columns = List.copyOf(columns);
  }

  /** A number, or a word without comma or quote; null or NaN if it is missing. */
  @FunctionalInterface
  public interface Value<T> extends Serializable {
    @Nullable Object of(T element);
  }

  public record Column<T>(String name, Value<T> value) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  String header() {
    return columns.stream().map(Column::name).collect(Collectors.joining(","));
  }

  String line(T element) {
    return columns.stream().map(column -> cell(column, element)).collect(Collectors.joining(","));
  }

  private static <T> String cell(Column<T> column, T element) {
    Object value = column.value.of(element);
    return isNone(value) ? "" : String.valueOf(value);
  }

  /** Adds a member for each column. */
  void put(T element, ObjectNode object) {
    columns.forEach(
        column -> {
          Object value = column.value.of(element);
          if (value instanceof Double number && Double.isFinite(number)) {
            object.put(column.name, number);
          } else if (value instanceof Long number) {
            object.put(column.name, number);
          } else {
            object.put(column.name, isNone(value) ? null : String.valueOf(value));
          }
        });
  }

  private static boolean isNone(@Nullable Object value) {
    return value == null || (value instanceof Double number && Double.isNaN(number));
  }
}
