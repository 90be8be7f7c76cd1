package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_sum;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Creates oneDNN's primitive descriptors, from which primitives are created. */
final class PrimitiveDescriptor {

  private PrimitiveDescriptor() {}

  /** A oneDNN function that fills in a primitive descriptor and returns a status. */
  @FunctionalInterface
  interface Call {
    int fill(dnnl_primitive_desc description, dnnl_primitive_attr attributes);
  }

  /** A post-op: an operation applied to a primitive's result before it is stored. */
  @FunctionalInterface
  interface PostOp {
    int append(dnnl_post_ops operations);

    /** No post-op. */
    PostOp NONE = operations -> 0;

    /** Adds the result to the target's present values. */
    PostOp SUM = operations -> dnnl_post_ops_append_sum(operations, 1, 0, 0);

    /** An elementwise function, given by a constant dnnl_eltwise_*. */
    static PostOp function(int algorithm) {
      return operations -> dnnl_post_ops_append_eltwise(operations, algorithm, 0, 0);
    }
  }

  /**
   * Creates a descriptor owned by the engine. Its scratchpad is provided by the engine, since
   * oneDNN's own is bound to the creating thread.
   */
  static dnnl_primitive_desc of(Engine engine, String name, PostOp postOp, Call call) {
    dnnl_post_ops operations = new dnnl_post_ops();
    OneDnnException.check(dnnl_post_ops_create(operations), name);
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    OneDnnException.check(dnnl_primitive_attr_create(attributes), name);
    try {
      OneDnnException.check(postOp.append(operations), name);
      OneDnnException.check(dnnl_primitive_attr_set_post_ops(attributes, operations), name);
      OneDnnException.check(
          dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user), name);
      dnnl_primitive_desc description = new dnnl_primitive_desc();
      OneDnnException.check(call.fill(description, attributes), name);
      engine.own(() -> dnnl_primitive_desc_destroy(description));
      return description;
    } finally {
      dnnl_primitive_attr_destroy(attributes);
      dnnl_post_ops_destroy(operations);
    }
  }
}
