package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_scratchpad_md;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/** A primitive bound to the arrays that it reads and writes. */
public final class Operation {

  private final Engine engine;
  private final String name;
  private final dnnl_primitive primitive = new dnnl_primitive();
  private final Layout scratch;
  private final List<Argument> arguments;
  private @Nullable dnnl_exec_arg_t bound;

  /** An array and its role, a constant DNNL_ARG_*. */
  record Argument(int role, Array array) {}

  Operation(Engine engine, String name, dnnl_primitive_desc description, Argument... arguments) {
    this.engine = engine;
    this.name = name;
    this.arguments = new ArrayList<>(List.of(arguments));
    OneDnnException.check(dnnl_primitive_create(primitive, description), name);
    engine.own(() -> dnnl_primitive_destroy(primitive));
    scratch = Layout.of(description, dnnl_query_scratchpad_md);
    engine.reserveScratch(scratch.bytes());
  }

  /** Computes; the arrays are written when it returns. */
  public void execute() {
    dnnl_exec_arg_t bound = bound();
    OneDnnException.check(
        dnnl_primitive_execute(primitive, engine.stream(), arguments.size(), bound), name);
  }

  private dnnl_exec_arg_t bound() {
    if (bound == null) {
      if (scratch.bytes() > 0) { // bound at first use, when the needs of all operations are known
        arguments.add(
            new Argument(DNNL_ARG_SCRATCHPAD, Array.of(engine, scratch, engine.scratch())));
      }
      dnnl_exec_arg_t all = new dnnl_exec_arg_t(arguments.size());
      engine.own(all::close);
      for (int i = 0; i < arguments.size(); i++) {
        all.position(i).arg(arguments.get(i).role()).memory(arguments.get(i).array().handle());
      }
      bound = all.position(0);
    }
    return bound;
  }
}
