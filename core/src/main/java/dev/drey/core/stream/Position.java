package dev.drey.core.stream;

import java.io.Serializable;

/**
 * The position of a record in a stream.
 *
 * @param partition name of the partition; with Kafka the topic and the partition's number, such as
 *     flights-3
 * @param offset within the partition, at least 0
 */
public record Position(String partition, long offset) implements Serializable {

  private static final long serialVersionUID = 1L;

  public Position {
    if (offset < 0) {
      throw new IllegalArgumentException(
          "offset of " + partition + " is " + offset + ", must be at least 0");
    }
  }

  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
