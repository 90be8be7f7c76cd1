package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_a;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ab;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abc;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abcd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_acdb;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;

import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.LongPointer;

/** A memory descriptor: the shape of an array of floats and the order of its values in memory. */
public final class Layout {

  private static final int[] C_ORDER = {dnnl_a, dnnl_ab, dnnl_abc, dnnl_abcd};

  private final dnnl_memory_desc handle;

  private Layout(dnnl_memory_desc handle) {
    this.handle = handle;
  }

  /** C order, with one to four dimensions. */
  public static Layout plain(Engine engine, long... shape) {
    return of(engine, C_ORDER[shape.length - 1], shape);
  }

  /** Images [n, channels, height, width] stored in the order n, height, width, channels (NHWC). */
  public static Layout channelsLast(Engine engine, long... shape) {
    return of(engine, dnnl_acdb, shape);
  }

  /** Lets the operation choose the order. */
  static Layout any(Engine engine, long... shape) {
    return of(engine, dnnl_format_tag_any, shape);
  }

  /** The layout that an operation chose; owned by the operation. */
  static Layout of(dnnl_primitive_desc operation, int query) {
    return new Layout(dnnl_primitive_desc_query_md(operation, query, 0));
  }

  private static Layout of(Engine engine, int tag, long... shape) {
    engine.handle(); // loads the library
    dnnl_memory_desc handle = new dnnl_memory_desc();
    try (LongPointer dimensions = new LongPointer(shape)) {
      OneDnnException.check(
          dnnl_memory_desc_create_with_tag(handle, shape.length, dimensions, dnnl_f32, tag),
          "layout of " + Arrays.toString(shape));
    }
    engine.own(() -> dnnl_memory_desc_destroy(handle));
    return new Layout(handle);
  }

  dnnl_memory_desc handle() {
    return handle;
  }

  long bytes() {
    return dnnl_memory_desc_get_size(handle);
  }

  boolean sameAs(Layout other) {
    return dnnl_memory_desc_equal(handle, other.handle) != 0;
  }
}
