package dev.drey.worker.layer;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory of ND4J arrays, for loops in Java: it lives for as long as the array. */
final class HostMemory {

  /** How many values loops take at a time: three such blocks stay in the first-level cache. */
  static final int BLOCK = 2048;

  private HostMemory() {}

  /** The array's values from index 0 on, in C order. */
  static FloatBuffer of(INDArray array) {
    boolean flat = array.rank() < 2 || array.ordering() == 'c'; // ND4J gives vectors the order 'f'
    if (!flat || array.elementWiseStride() != 1) {
      throw new IllegalArgumentException(
          "array of shape " + array.shapeInfoToString() + " must be contiguous and in C order");
    }
    // a view's buffer begins at its position
    return array.data().asNioFloat().slice().slice(0, Math.toIntExact(array.length()));
  }

  /** Copies as many values as target has. */
  static void copy(FloatBuffer source, FloatBuffer target) {
    target.put(0, source, 0, target.capacity());
  }
}
