package dev.drey.worker.network;

import dev.drey.worker.unpack.UnpackedLibraries;
import java.util.List;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/** The native libraries that every network needs. */
final class NativeCode {

  private NativeCode() {}

  /**
   * Loads them, once in the life of the process; may wait for another process that unpacks them.
   */
  static void load() {
    Holder.loaded();
  }

  /** The JVM initialises this class once, on the first call of any thread. */
  private static final class Holder {
    static {
      UnpackedLibraries.load(List.of(Nd4j.class, openblas.class), Holder::initialise);
    }

    static void loaded() {
      // the work is the class's initialisation
    }

    private static void initialise() {
      Nd4j.getEnvironment();
      openblas.blas_set_num_threads(1);
    }
  }
}
