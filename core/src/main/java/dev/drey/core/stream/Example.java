package dev.drey.core.stream;

import java.io.Serializable;

/**
 * What a network is trained on.
 *
 * @param features numbers, all finite; owned by the record, never changed
 * @param labels as a data set's: one class number, or the values to predict; likewise
 * @param heldOut whether it is for evaluations only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Example(float[] features, float[] labels, boolean heldOut) implements Serializable {

  private static final long serialVersionUID = 1L;
}
