package dev.drey.worker.layer;

import dev.drey.core.layer.BatchNormalization;
import dev.drey.worker.onednn.Array;
import dev.drey.worker.onednn.BatchNormalizationKernel;
import dev.drey.worker.onednn.Engine;
import dev.drey.worker.onednn.LayerArrays;
import dev.drey.worker.onednn.Layout;
import dev.drey.worker.onednn.Operation;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * y[c] = scale[c] (x[c] - mean[c]) / sqrt(variance[c] + epsilon) + offset[c], with x: [n, places,
 * channels]: images with channels last, sequences, or features. Ioffe and Szegedy (2015), algorithm
 * 1. Takes 2 n * places * channels floats.
 *
 * <p>While training, mean and variance are those of this worker's mini-batch; it sends its
 * statistics as examples times mean, and examples times variance m / (m - 1), with m values per
 * channel (0 for a single value). So the variance that is averaged over the slots is each slot's
 * around its own mean.
 */
final class BatchNormalizationLayer implements Layer {

  private static final int TENSORS = 4; // scale, offset, mean, variance

  private final int examples;
  private final int perChannel;
  private final INDArray output;
  private final INDArray outputGradient;
  private final INDArray ofThisBatch; // the gradients by scale and offset, the mean, the variance
  private final FloatBuffer gradient;
  private final Operation measure;
  private final Operation apply;
  private final Operation differentiate;
  private final float[] values;
  private final float[] sums;

  BatchNormalizationLayer(BatchNormalization spec, Site site) {
    examples = site.examples();
    int channels = (int) (site.parameters().length() / TENSORS);
    perChannel = Math.toIntExact(site.input().values().length() / channels);
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    outputGradient = Nd4j.create(DataType.FLOAT, site.outputShape());
    ofThisBatch = Nd4j.create(DataType.FLOAT, site.parameters().length());
    gradient = HostMemory.of(site.gradient());
    values = new float[TENSORS * channels];
    sums = new float[TENSORS * channels];
    Engine engine = site.engine();
    Layout layout = Layout.channelsLast(engine, perChannel, channels, 1, 1);
    INDArray wanted = site.inputGradient();
    Array inputGradient = // oneDNN writes it even where it is not needed
        Array.of(engine, layout, wanted == null ? outputGradient : wanted);
    LayerArrays arrays =
        new LayerArrays(
            Array.of(engine, layout, site.input().values()),
            inputGradient,
            Array.of(engine, layout, output),
            Array.of(engine, layout, outputGradient));
    BatchNormalizationKernel normalization =
        new BatchNormalizationKernel(engine, arrays, spec.epsilon());
    Array[] parameters = tensors(engine, site.parameters());
    Array[] own = tensors(engine, ofThisBatch);
    BatchNormalizationKernel.Affine affine =
        new BatchNormalizationKernel.Affine(parameters[0], parameters[1]);
    BatchNormalizationKernel.Statistics statistics =
        new BatchNormalizationKernel.Statistics(own[2], own[3]);
    measure = normalization.forwardTraining(affine, statistics);
    apply =
        normalization.forwardInference(
            affine, new BatchNormalizationKernel.Statistics(parameters[2], parameters[3]));
    differentiate =
        normalization.backward(
            affine, statistics, inputGradient, new BatchNormalizationKernel.Affine(own[0], own[1]));
  }

  @Override
  public INDArray output() {
    return output;
  }

  @Override
  public INDArray outputGradient() {
    return outputGradient;
  }

  @Override
  public void forward(Pass pass) {
    (pass.training() ? measure : apply).execute();
  }

  @Override
  public void backward(boolean accumulate) {
    differentiate.execute();
    HostMemory.of(ofThisBatch).get(0, values);
    if (accumulate) {
      gradient.get(0, sums);
    } else {
      Arrays.fill(sums, 0);
    }
    int channels = values.length / TENSORS;
    float unbiased = perChannel == 1 ? 1 : (float) perChannel / (perChannel - 1);
    float[] factors = {1, 1, examples, examples * unbiased};
    for (int i = 0; i < values.length; i++) {
      sums[i] += factors[i / channels] * values[i];
    }
    gradient.put(0, sums);
  }

  /** The equal parts of a flat array. */
  private static Array[] tensors(Engine engine, INDArray flat) {
    Array[] tensors = new Array[TENSORS];
    long length = flat.length() / TENSORS;
    for (int i = 0; i < TENSORS; i++) {
      INDArray part = flat.get(NDArrayIndex.interval(i * length, (i + 1) * length));
      tensors[i] = Array.of(engine, Layout.plain(engine, length), part);
    }
    return tensors;
  }
}
