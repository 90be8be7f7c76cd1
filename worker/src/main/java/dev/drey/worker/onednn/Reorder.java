package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;

import dev.drey.worker.onednn.Operation.Argument;
import dev.drey.worker.onednn.PrimitiveDescriptor.PostOp;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Copies values from one layout to another. */
public final class Reorder {

  private Reorder() {}

  /** target = source. */
  public static Operation copy(Engine engine, Array source, Array target) {
    return of(engine, source, target, PostOp.NONE);
  }

  /** target += source. */
  public static Operation add(Engine engine, Array source, Array target) {
    return of(engine, source, target, PostOp.SUM);
  }

  private static Operation of(Engine engine, Array source, Array target, PostOp postOp) {
    dnnl_primitive_desc description =
        PrimitiveDescriptor.of(
            engine,
            "reorder",
            postOp,
            (result, attributes) ->
                dnnl_reorder_primitive_desc_create(
                    result,
                    source.layout().handle(),
                    engine.handle(),
                    target.layout().handle(),
                    engine.handle(),
                    attributes));
    return new Operation(
        engine,
        "reorder",
        description,
        new Argument(DNNL_ARG_FROM, source),
        new Argument(DNNL_ARG_TO, target));
  }
}
