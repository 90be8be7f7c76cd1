package dev.drey.job.specification.key;

import java.util.List;
import java.util.Map;

/**
 * A YAML text as a tree, each value with its place. The type of a key decides what a word means.
 */
public sealed interface Yaml {

  /** Where the value starts. */
  Place place();

  /** The value as an error shows it, on one line. */
  String shown();

  /** A word, a number, a quoted string. */
  record Text(Place place, String text) implements Yaml {

    private static final int SHOWN = 60;

    @Override
    public String shown() {
      String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
      return cut.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?") ? cut : '"' + cut + '"';
    }
  }

  /** A key without a value. */
  record Nothing(Place place) implements Yaml {
    @Override
    public String shown() {
      return "empty";
    }
  }

  /** A list. */
  record Items(Place place, List<Yaml> items) implements Yaml {

    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String shown() {
      return "a list";
    }
  }

  /**
   * Keys and their values.
   *
   * @param entries in the text's order; owned by this record, not to be changed
   */
  record Mapping(Place place, Map<String, Yaml> entries) implements Yaml {

    static Mapping empty(Place place) {
      return new Mapping(place, Map.of());
    }

    @Override
    public String shown() {
      return "a mapping";
    }
  }
}
