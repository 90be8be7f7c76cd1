package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_data_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_weights_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_weights_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import dev.drey.core.layer.Window;
import dev.drey.worker.onednn.Operation.Argument;
import dev.drey.worker.onednn.PrimitiveDescriptor.PostOp;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/**
 * A convolution of images, bound to its arrays. Before each use the kernel is reordered to the
 * layout that oneDNN prefers for this shape, which takes a thousandth of the convolution's time.
 */
public final class Convolution {

  private static final String NAME = "convolution";

  private final Engine engine;
  private final LayerArrays arrays;
  private final Weights weights;
  private final WindowGeometry geometry;
  private final Layout anyKernel;
  private final dnnl_primitive_desc hint;
  private final List<Operation> forward = new ArrayList<>();
  private final List<Operation> backward = new ArrayList<>();
  private final List<Operation> store = new ArrayList<>();
  private final List<Operation> add = new ArrayList<>();

  /**
   * Kernel [filters, channels, height, width] and bias [filters], and the gradients with respect to
   * them, all in C order.
   */
  public record Weights(Array kernel, Array bias, Array kernelGradient, Array biasGradient) {}

  /**
   * Creates the primitives.
   *
   * @param image shape of one image of the input: [channels, height, width]
   * @param kernel the kernel's shape
   */
  public Convolution(
      Engine engine,
      LayerArrays arrays,
      Weights weights,
      Window window,
      List<Integer> image,
      long[] kernel) {
    this.engine = engine;
    this.arrays = arrays;
    this.weights = weights;
    geometry = new WindowGeometry(engine, window, image);
    anyKernel = Layout.any(engine, kernel);
    hint = forwardDescription();
    planForward();
    planWeights();
    if (arrays.inputGradient() != null) {
      planInput(arrays.inputGradient());
    }
  }

  /** output = input * kernel + bias. */
  public void forward() {
    forward.forEach(Operation::execute);
  }

  /**
   * Computes the gradients with respect to the input and the weights.
   *
   * @param accumulate whether to add to the weight gradients instead of overwriting them
   */
  public void backward(boolean accumulate) {
    backward.forEach(Operation::execute);
    (accumulate ? add : store).forEach(Operation::execute);
  }

  private dnnl_primitive_desc forwardDescription() {
    return PrimitiveDescriptor.of(
        engine,
        NAME,
        PostOp.NONE,
        (result, attributes) ->
            dnnl_convolution_forward_primitive_desc_create(
                result,
                engine.handle(),
                dnnl_forward_training,
                dnnl_convolution_direct,
                arrays.input().layout().handle(),
                anyKernel.handle(),
                weights.bias().layout().handle(),
                arrays.output().layout().handle(),
                geometry.strides,
                geometry.dilation,
                geometry.before,
                geometry.after,
                attributes));
  }

  private void planForward() {
    Array kernel = kernelFor(hint, forward);
    forward.add(
        new Operation(
            engine,
            NAME,
            hint,
            new Argument(DNNL_ARG_SRC, arrays.input()),
            new Argument(DNNL_ARG_WEIGHTS, kernel),
            new Argument(DNNL_ARG_BIAS, weights.bias()),
            new Argument(DNNL_ARG_DST, arrays.output())));
  }

  private void planWeights() {
    dnnl_primitive_desc description =
        PrimitiveDescriptor.of(
            engine,
            NAME,
            PostOp.NONE,
            (result, attributes) ->
                dnnl_convolution_backward_weights_primitive_desc_create(
                    result,
                    engine.handle(),
                    dnnl_convolution_direct,
                    arrays.input().layout().handle(),
                    anyKernel.handle(),
                    weights.bias().layout().handle(),
                    arrays.outputGradient().layout().handle(),
                    geometry.strides,
                    geometry.dilation,
                    geometry.before,
                    geometry.after,
                    hint,
                    attributes));
    Array kernel = Array.allocate(engine, Layout.of(description, dnnl_query_diff_weights_md));
    Array bias = Array.allocate(engine, weights.biasGradient().layout());
    backward.add(
        new Operation(
            engine,
            NAME,
            description,
            new Argument(DNNL_ARG_SRC, arrays.input()),
            new Argument(DNNL_ARG_DIFF_DST, arrays.outputGradient()),
            new Argument(DNNL_ARG_DIFF_WEIGHTS, kernel),
            new Argument(DNNL_ARG_DIFF_BIAS, bias)));
    store.add(Reorder.copy(engine, kernel, weights.kernelGradient()));
    store.add(Reorder.copy(engine, bias, weights.biasGradient()));
    add.add(Reorder.add(engine, kernel, weights.kernelGradient()));
    add.add(Reorder.add(engine, bias, weights.biasGradient()));
  }

  private void planInput(Array inputGradient) {
    dnnl_primitive_desc description =
        PrimitiveDescriptor.of(
            engine,
            NAME,
            PostOp.NONE,
            (result, attributes) ->
                dnnl_convolution_backward_data_primitive_desc_create(
                    result,
                    engine.handle(),
                    dnnl_convolution_direct,
                    inputGradient.layout().handle(),
                    anyKernel.handle(),
                    arrays.outputGradient().layout().handle(),
                    geometry.strides,
                    geometry.dilation,
                    geometry.before,
                    geometry.after,
                    hint,
                    attributes));
    Array kernel = kernelFor(description, backward);
    backward.add(
        new Operation(
            engine,
            NAME,
            description,
            new Argument(DNNL_ARG_DIFF_DST, arrays.outputGradient()),
            new Argument(DNNL_ARG_WEIGHTS, kernel),
            new Argument(DNNL_ARG_DIFF_SRC, inputGradient)));
  }

  /**
   * The kernel in the layout that an operation requires; adds a reorder to the operations if
   * needed.
   */
  private Array kernelFor(dnnl_primitive_desc description, List<Operation> operations) {
    Layout wanted = Layout.of(description, dnnl_query_weights_md);
    if (wanted.sameAs(weights.kernel().layout())) {
      return weights.kernel();
    }
    Array kernel = Array.allocate(engine, wanted);
    operations.add(Reorder.copy(engine, weights.kernel(), kernel));
    return kernel;
  }
}
