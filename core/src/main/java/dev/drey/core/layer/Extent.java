package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.List;

/**
 * A size in height and width, written as {@code [height, width]}.
 *
 * @param height in [0, {@value #MAX}]
 * @param width in [0, {@value #MAX}]
 */
public record Extent(int height, int width) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The largest height and width: products of two of them fit an int. */
  public static final int MAX = 32_767;

  /** 1 x 1. */
  public static final Extent ONE = new Extent(1, 1);

  public Extent {
    if (height < 0 || width < 0 || height > MAX || width > MAX) {
      throw new IllegalArgumentException(
          "extent is [" + height + ", " + width + "], must be from 0 to " + MAX);
    }
  }

  /** As high as wide. */
  public static Extent square(int side) {
    return new Extent(side, side);
  }

  @JsonCreator
  static Extent of(List<Integer> sizes) {
    if (sizes.size() != 2) {
      throw new IllegalArgumentException("extent is " + sizes + ", must be [height, width]");
    }
    return new Extent(sizes.get(0), sizes.get(1));
  }

  /** Height and width. */
  @JsonValue
  public List<Integer> sizes() {
    return List.of(height, width);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
