package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import dev.drey.worker.onednn.Operation.Argument;
import dev.drey.worker.onednn.PrimitiveDescriptor.PostOp;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/**
 * Batch normalisation of Ioffe and Szegedy (2015), bound to its arrays: y = scale (x - mean) /
 * sqrt(variance + epsilon) + offset, per channel.
 */
public final class BatchNormalizationKernel {

  private static final String NAME = "batch normalization";

  private final Engine engine;
  private final LayerArrays arrays;
  private final float epsilon;

  /** For arrays of shape [n, channels, height, width]. */
  public BatchNormalizationKernel(Engine engine, LayerArrays arrays, float epsilon) {
    this.engine = engine;
    this.arrays = arrays;
    this.epsilon = epsilon;
  }

  /** Scale and offset, arrays of shape [channels]. */
  public record Affine(Array scale, Array offset) {}

  /** Mean and population variance, arrays of shape [channels]. */
  public record Statistics(Array mean, Array variance) {}

  /**
   * The forward pass of training: computes the batch's statistics, writes them, and normalizes by
   * them.
   */
  public Operation forwardTraining(Affine affine, Statistics statistics) {
    return forward(hint(), affine, statistics);
  }

  /** The forward pass of inference: normalizes by given statistics. */
  public Operation forwardInference(Affine affine, Statistics statistics) {
    int flags = dnnl_use_scale | dnnl_use_shift | dnnl_use_global_stats;
    return forward(description(dnnl_forward_inference, flags), affine, statistics);
  }

  /**
   * The backward pass after {@link #forwardTraining}: gradients with respect to input, scale and
   * offset.
   *
   * @param inputGradient overwritten
   * @param gradient overwritten
   */
  public Operation backward(
      Affine affine, Statistics statistics, Array inputGradient, Affine gradient) {
    dnnl_primitive_desc hint = hint();
    dnnl_primitive_desc description =
        PrimitiveDescriptor.of(
            engine,
            NAME,
            PostOp.NONE,
            (result, attributes) ->
                dnnl_batch_normalization_backward_primitive_desc_create(
                    result,
                    engine.handle(),
                    dnnl_backward,
                    inputGradient.layout().handle(),
                    arrays.outputGradient().layout().handle(),
                    arrays.input().layout().handle(),
                    epsilon,
                    dnnl_use_scale | dnnl_use_shift,
                    hint,
                    attributes));
    return new Operation(
        engine,
        NAME,
        description,
        new Argument(DNNL_ARG_SRC, arrays.input()),
        new Argument(DNNL_ARG_MEAN, statistics.mean()),
        new Argument(DNNL_ARG_VARIANCE, statistics.variance()),
        new Argument(DNNL_ARG_SCALE, affine.scale()),
        new Argument(DNNL_ARG_DIFF_DST, arrays.outputGradient()),
        new Argument(DNNL_ARG_DIFF_SRC, inputGradient),
        new Argument(DNNL_ARG_DIFF_SCALE, gradient.scale()),
        new Argument(DNNL_ARG_DIFF_SHIFT, gradient.offset()));
  }

  private dnnl_primitive_desc hint() {
    return description(dnnl_forward_training, dnnl_use_scale | dnnl_use_shift);
  }

  private dnnl_primitive_desc description(int kind, int flags) {
    return PrimitiveDescriptor.of(
        engine,
        NAME,
        PostOp.NONE,
        (result, attributes) ->
            dnnl_batch_normalization_forward_primitive_desc_create(
                result,
                engine.handle(),
                kind,
                arrays.input().layout().handle(),
                arrays.output().layout().handle(),
                epsilon,
                flags,
                attributes));
  }

  private Operation forward(dnnl_primitive_desc description, Affine affine, Statistics statistics) {
    return new Operation(
        engine,
        NAME,
        description,
        new Argument(DNNL_ARG_SRC, arrays.input()),
        new Argument(DNNL_ARG_MEAN, statistics.mean()),
        new Argument(DNNL_ARG_VARIANCE, statistics.variance()),
        new Argument(DNNL_ARG_SCALE, affine.scale()),
        new Argument(DNNL_ARG_SHIFT, affine.offset()),
        new Argument(DNNL_ARG_DST, arrays.output()));
  }
}
