package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;

/** Zeros around an image, so that a window can stand at its border. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "same", value = Padding.Same.class),
  @JsonSubTypes.Type(name = "fixed", value = Padding.Fixed.class)
})
public sealed interface Padding extends Serializable {

  /** None: the window stays inside the image. */
  static Padding valid() {
    return new Fixed(new Extent(0, 0));
  }

  /**
   * As much as makes the output ceil(size / stride) long; of an odd number the larger half comes
   * last, as TensorFlow does it.
   */
  record Same() implements Padding {
    private static final long serialVersionUID = 1L;
  }

  /**
   * So much on either side.
   *
   * @param extent on top as at the bottom, and left as right
   */
  record Fixed(@JsonProperty(value = "extent", required = true) Extent extent) implements Padding {
    private static final long serialVersionUID = 1L;
  }
}
