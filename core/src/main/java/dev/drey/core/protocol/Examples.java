package dev.drey.core.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;

/** The examples of a request. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "rows", value = Examples.Rows.class),
  @JsonSubTypes.Type(name = "values", value = Examples.Values.class)
})
public sealed interface Examples {

  /** How many there are. */
  int count();

  /**
   * Rows of a data set, by number.
   *
   * @param source the data set
   * @param normalization of its features
   * @param rows row numbers from 0, in the order in which they are computed; JSON shows them as
   *     base64 of little-endian 32-bit integers. Owned by this record, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Rows(
      @JsonProperty(value = "source", required = true) DataSource source,
      @JsonProperty(value = "normalization", required = true) Normalization normalization,
      @JsonProperty(value = "rows", required = true) int[] rows)
      implements Examples {
    @Override
    public int count() {
      return rows.length;
    }
  }

  /**
   * The examples themselves, in the order in which they are computed.
   *
   * @param features as the network takes them
   * @param labels as many rows
   */
  record Values(
      @JsonProperty(value = "features", required = true) FloatMatrix features,
      @JsonProperty(value = "labels", required = true) FloatMatrix labels)
      implements Examples {

    public Values {
      if (features.rows() != labels.rows()) {
        throw new IllegalArgumentException(
            features.rows() + " rows of features but " + labels.rows() + " of labels");
      }
    }

    @Override
    public int count() {
      return features.rows();
    }
  }

  /**
   * Floats in a message, [rows, columns] in C order.
   *
   * @param rows how many, at least 0
   * @param columns how many, at least 0
   * @param blob 4 rows columns bytes
   */
  record FloatMatrix(
      @JsonProperty(value = "rows", required = true) int rows,
      @JsonProperty(value = "columns", required = true) int columns,
      @JsonProperty(value = "blob", required = true) Blob blob) {

    public FloatMatrix {
      if (rows < 0 || columns < 0) {
        throw new IllegalArgumentException(
            "a matrix of [" + rows + ", " + columns + "], both must be at least 0");
      }
      if (!(blob instanceof Blob.Inline inline)) {
        throw new IllegalArgumentException("the values must be inside the message");
      }
      long needed = (long) rows * columns * Float.BYTES;
      if (inline.base64().length != needed) {
        throw new IllegalArgumentException(
            "a matrix of ["
                + rows
                + ", "
                + columns
                + "] has "
                + inline.base64().length
                + " bytes, needs "
                + needed);
      }
    }

    /** The blob, which is always inside the message. */
    public Blob.Inline bytes() {
      return (Blob.Inline) blob;
    }
  }
}
