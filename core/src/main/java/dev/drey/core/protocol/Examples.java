package dev.drey.core.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;

/** The examples of a request. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({@JsonSubTypes.Type(name = "rows", value = Examples.Rows.class)})
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
}
