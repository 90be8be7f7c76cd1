package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A memory object: memory with a layout, which operations read or write. */
public final class Array {

  private final Layout layout;
  private final Pointer memory; // the reference keeps the memory from being freed
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

  /** Memory owned by the caller, which must outlive the engine. */
  static Array of(Engine engine, Layout layout, Pointer memory) {
    return new Array(engine, layout, memory);
  }

  /** Uninitialised memory owned by the engine. */
  static Array allocate(Engine engine, Layout layout) {
    return new Array(engine, layout, engine.allocate(layout.bytes()));
  }

  Layout layout() {
    return layout;
  }

  dnnl_memory handle() {
    return handle;
  }

  /** A view of the same memory in another layout of the same size. */
  Array as(Engine engine, Layout other) {
    return new Array(engine, other, memory);
  }
}
