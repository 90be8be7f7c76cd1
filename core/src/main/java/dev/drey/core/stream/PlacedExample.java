package dev.drey.core.stream;

import java.io.Serializable;

/**
 * An example with the position of its record in the stream.
 *
 * @param position of its record
 * @param example encoded from the record
 */
public record PlacedExample(Position position, Example example) implements Serializable {

  private static final long serialVersionUID = 1L;
}
