package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;

import dev.drey.core.layer.Window;
import dev.drey.worker.onednn.Operation.Argument;
import dev.drey.worker.onednn.PrimitiveDescriptor.PostOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Pooling of images, bound to its arrays. */
public final class Pooling {

  private static final String NAME = "pooling";

  private final Operation forward;
  private final Optional<Operation> backward;

  private Pooling(Operation forward, Optional<Operation> backward) {
    this.forward = forward;
    this.backward = backward;
  }

  /** Max pooling; of equal maxima the first gets the gradient; NaN is ignored. */
  public static Pooling max(Engine engine, LayerArrays arrays, Window window, List<Integer> image) {
    return of(engine, dnnl_pooling_max, arrays, new WindowGeometry(engine, window, image));
  }

  /** Average pooling; padding is excluded from the mean. */
  public static Pooling average(
      Engine engine, LayerArrays arrays, Window window, List<Integer> image) {
    return of(
        engine,
        dnnl_pooling_avg_exclude_padding,
        arrays,
        new WindowGeometry(engine, window, image));
  }

  /** Computes the output. */
  public void forward() {
    forward.execute();
  }

  /** Computes the gradient with respect to the input, if there is an array for it. */
  public void backward() {
    backward.ifPresent(Operation::execute);
  }

  private static Pooling of(
      Engine engine, int algorithm, LayerArrays arrays, WindowGeometry geometry) {
    dnnl_primitive_desc hint =
        PrimitiveDescriptor.of(
            engine,
            NAME,
            PostOp.NONE,
            (result, attributes) ->
                dnnl_pooling_forward_primitive_desc_create(
                    result,
                    engine.handle(),
                    dnnl_forward_training,
                    algorithm,
                    arrays.input().layout().handle(),
                    arrays.output().layout().handle(),
                    geometry.strides,
                    geometry.kernel,
                    geometry.dilation,
                    geometry.before,
                    geometry.after,
                    attributes));
    List<Argument> arguments = new ArrayList<>();
    Layout places = Layout.of(hint, dnnl_query_workspace_md); // the indices of the maxima
    if (places.bytes() > 0) {
      arguments.add(new Argument(DNNL_ARG_WORKSPACE, Array.allocate(engine, places)));
    }
    Operation forward =
        new Operation(
            engine,
            NAME,
            hint,
            with(
                arguments,
                new Argument(DNNL_ARG_SRC, arrays.input()),
                new Argument(DNNL_ARG_DST, arrays.output())));
    Optional<Operation> backward =
        Optional.ofNullable(arrays.inputGradient())
            .map(
                inputGradient ->
                    new Operation(
                        engine,
                        NAME,
                        backward(engine, algorithm, hint, geometry, arrays, inputGradient),
                        with(
                            arguments,
                            new Argument(DNNL_ARG_DIFF_DST, arrays.outputGradient()),
                            new Argument(DNNL_ARG_DIFF_SRC, inputGradient))));
    return new Pooling(forward, backward);
  }

  private static dnnl_primitive_desc backward(
      Engine engine,
      int algorithm,
      dnnl_primitive_desc hint,
      WindowGeometry geometry,
      LayerArrays arrays,
      Array inputGradient) {
    return PrimitiveDescriptor.of(
        engine,
        NAME,
        PostOp.NONE,
        (result, attributes) ->
            dnnl_pooling_backward_primitive_desc_create(
                result,
                engine.handle(),
                algorithm,
                inputGradient.layout().handle(),
                arrays.outputGradient().layout().handle(),
                geometry.strides,
                geometry.kernel,
                geometry.dilation,
                geometry.before,
                geometry.after,
                hint,
                attributes));
  }

  private static Argument[] with(List<Argument> arguments, Argument... more) {
    List<Argument> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all.toArray(Argument[]::new);
  }
}
