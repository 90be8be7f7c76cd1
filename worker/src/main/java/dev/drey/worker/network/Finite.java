package dev.drey.worker.network;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Looks for NaN and infinity. */
final class Finite {

  private Finite() {}

  /**
   * Whether all values of a contiguous array are finite. The sum of squares shows it, unless it
   * overflows; then the values are looked at one by one.
   */
  static boolean all(INDArray array) {
    int length = Math.toIntExact(array.length());
    FloatPointer memory = (FloatPointer) array.data().addressPointer();
    if (Float.isFinite(openblas.cblas_sdot(length, memory, 1, memory, 1))) {
      return true;
    }
    FloatBuffer values = array.data().asNioFloat().slice();
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(values.get(i))) {
        return false;
      }
    }
    return true;
  }
}
