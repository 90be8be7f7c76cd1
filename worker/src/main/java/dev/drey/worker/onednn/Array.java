package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Memory with its layout: what an operation reads or writes. */
public final class Array {

  private final Layout layout;
  private final Pointer memory; // keeps it alive
  private final dnnl_memory handle = new dnnl_memory();

  private Array(Engine engine, Layout layout, Pointer memory) {
    this.layout = layout;
    this.memory = memory;
    OneDnnException.check(
        dnnl_memory_create(handle, layout.handle(), engine.handle(), memory), "array");
    engine.own(() -> dnnl_memory_destroy(handle));
  }

  /** The memory of an ND4J array, which must outlive the engine. */
  public static Array of(Engine engine, Layout layout, INDArray values) {
    return of(engine, layout, values.data().addressPointer());
  }

  /** Memory of somebody else's, who must outlive the engine. */
  static Array of(Engine engine, Layout layout, Pointer memory) {
    return new Array(engine, layout, memory);
  }

  /** Memory of the engine's, not set to anything. */
  static Array allocate(Engine engine, Layout layout) {
    return new Array(engine, layout, engine.allocate(layout.bytes()));
  }

  Layout layout() {
    return layout;
  }

  dnnl_memory handle() {
    return handle;
  }

  /** The same memory, as large as before, seen in another layout. */
  Array as(Engine engine, Layout other) {
    return new Array(engine, other, memory);
  }
}
