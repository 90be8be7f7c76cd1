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

  /** The number of examples. */
  int count();

  /**
   * Rows of a data set, by number.
   *
   * @param source the data set
   * @param normalization applied to its features
   * @param rows row numbers from 0, in the order of computation; in JSON, base64 of little-endian
   *     32-bit integers. Owned by this record, not to be changed
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
   * The examples themselves, in the order of computation.
   *
   * @param features already normalized
   * @param labels one row for each row of features
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
   * A matrix of 32-bit floats in a message, [rows, columns] in C order, little-endian.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param blob 4 x rows x columns bytes
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
