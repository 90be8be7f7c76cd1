package dev.drey.core.stream;

import java.io.Serializable;

/**
 * An example and where it comes from.
 *
 * @param position of its record
 * @param example made of the record
 */
public record PlacedExample(Position position, Example example) implements Serializable {

  private static final long serialVersionUID = 1L;
}
