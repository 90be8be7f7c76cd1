package dev.drey.core.stream;

import java.io.Serializable;

/**
 * One example to train or evaluate a network on.
 *
 * @param features all finite; owned by the record, not to be changed
 * @param labels one class number, or the values to predict; owned by the record, not to be changed
 * @param heldOut whether it is used for evaluation only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Example(float[] features, float[] labels, boolean heldOut) implements Serializable {

  private static final long serialVersionUID = 1L;
}
