package dev.drey.worker.layer;

import dev.drey.core.layer.MultiHeadAttention;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Self-attention, Vaswani et al. (2017), equation 1 and section 3.2.2: [q, k, v] = x W + b; per
 * head S = q k' / sqrt(d), P = softmax(S) by row, o = P v; y = o V + c. Back, per head, from do =
 * dy V': dv = P' do, dP = do v', dS = P (dP - the row's sum of dP P) / sqrt(d), dq = dS k, dk = dS'
 * q.
 *
 * <p>Takes per example time (10 features + heads time) floats.
 */
final class MultiHeadAttentionLayer implements Layer {

  private final int examples;
  private final int heads;
  private final BlasMatrix input;
  private final @Nullable BlasMatrix inputGradient;
  private final BlasMatrix kernel;
  private final BlasMatrix kernelGradient;
  private final BlasMatrix bias;
  private final BlasMatrix biasGradient;
  private final BlasMatrix outputKernel;
  private final BlasMatrix outputKernelGradient;
  private final BlasMatrix outputBias;
  private final BlasMatrix outputBiasGradient;
  private final BlasMatrix joint; // [q, k, v] of all heads: [n * time, 3 features]
  private final BlasMatrix jointGradient;
  private final BlasMatrix mixed; // o of all heads: [n * time, features]
  private final BlasMatrix mixedGradient;
  private final BlasMatrix output;
  private final BlasMatrix outputGradient;
  private final BlasMatrix ones;
  private final FloatBuffer weights; // P: [n, heads, time, time]
  private final FloatBuffer weightGradients; // dP, then dS, of one example
  private final List<Head> all;
  private final AttentionWeights attention;

  /** One head of one example: its parts of the arrays above. */
  private record Head(
      BlasMatrix q,
      BlasMatrix k,
      BlasMatrix v,
      BlasMatrix weights,
      BlasMatrix mixed,
      BlasMatrix qGradient,
      BlasMatrix kGradient,
      BlasMatrix vGradient,
      BlasMatrix weightGradients,
      BlasMatrix mixedGradient) {}

  MultiHeadAttentionLayer(MultiHeadAttention spec, Site site) {
    int time = site.node().inputShape().get(0);
    int features = site.node().inputShape().get(1);
    examples = site.examples();
    heads = spec.heads();
    int rows = Math.multiplyExact(examples, time);
    input = BlasMatrix.of(site.input().values(), rows);
    inputGradient = site.inputGradient() == null ? null : BlasMatrix.of(site.inputGradient(), rows);
    int square = features * features;
    INDArray parameters = site.parameters();
    kernel = BlasMatrix.of(parameters, 0, features, 3 * features);
    bias = BlasMatrix.of(parameters, 3 * square, 1, 3 * features);
    outputKernel = BlasMatrix.of(parameters, 3 * (square + features), features, features);
    outputBias = BlasMatrix.of(parameters, 4 * square + 3 * features, 1, features);
    INDArray gradient = site.gradient();
    kernelGradient = BlasMatrix.of(gradient, 0, features, 3 * features);
    biasGradient = BlasMatrix.of(gradient, 3 * square, 1, 3 * features);
    outputKernelGradient = BlasMatrix.of(gradient, 3 * (square + features), features, features);
    outputBiasGradient = BlasMatrix.of(gradient, 4 * square + 3 * features, 1, features);
    joint = BlasMatrix.zeros(rows, 3 * features);
    jointGradient = BlasMatrix.zeros(rows, 3 * features);
    mixed = BlasMatrix.zeros(rows, features);
    mixedGradient = BlasMatrix.zeros(rows, features);
    output = BlasMatrix.of(Nd4j.create(DataType.FLOAT, site.outputShape()), rows);
    outputGradient = BlasMatrix.of(Nd4j.create(DataType.FLOAT, site.outputShape()), rows);
    ones = BlasMatrix.ones(rows);
    BlasMatrix allWeights = BlasMatrix.zeros(Math.multiplyExact(rows, heads), time);
    BlasMatrix oneGradient = BlasMatrix.zeros(Math.multiplyExact(heads, time), time);
    weights = allWeights.buffer();
    weightGradients = oneGradient.buffer();
    attention = new AttentionWeights(heads, time, features / heads, spec.causal());
    all = new ArrayList<>();
    for (int example = 0; example < examples; example++) {
      for (int head = 0; head < heads; head++) {
        all.add(head(example, head, time, features, allWeights, oneGradient));
      }
    }
  }

  private Head head(
      int example,
      int head,
      int time,
      int features,
      BlasMatrix allWeights,
      BlasMatrix oneGradient) {
    int d = features / heads;
    int row = example * time;
    int column = head * d;
    return new Head(
        joint.block(row, time, column, d),
        joint.block(row, time, features + column, d),
        joint.block(row, time, 2 * features + column, d),
        allWeights.rows((example * heads + head) * time, time),
        mixed.block(row, time, column, d),
        jointGradient.block(row, time, column, d),
        jointGradient.block(row, time, features + column, d),
        jointGradient.block(row, time, 2 * features + column, d),
        oneGradient.rows(head * time, time),
        mixedGradient.block(row, time, column, d));
  }

  @Override
  public INDArray output() {
    return output.array();
  }

  @Override
  public INDArray outputGradient() {
    return outputGradient.array();
  }

  @Override
  public void forward(Pass pass) {
    joint.fillRows(bias);
    joint.addProduct(input, kernel);
    for (int example = 0; example < examples; example++) {
      List<Head> own = all.subList(example * heads, (example + 1) * heads);
      for (Head head : own) {
        head.weights.productWithTransposed(head.q, head.k);
      }
      attention.forward(weights, example);
      for (Head head : own) {
        head.mixed.product(head.weights, head.v);
      }
    }
    output.fillRows(outputBias);
    output.addProduct(mixed, outputKernel);
  }

  @Override
  public void backward(boolean accumulate) {
    float keep = accumulate ? 1 : 0;
    outputKernelGradient.transposedProduct(mixed, outputGradient, keep);
    outputGradient.sumRowsInto(outputBiasGradient, ones, keep);
    mixedGradient.productWithTransposed(outputGradient, outputKernel);
    for (int example = 0; example < examples; example++) {
      List<Head> own = all.subList(example * heads, (example + 1) * heads);
      for (Head head : own) {
        head.vGradient.transposedProduct(head.weights, head.mixedGradient, 0);
        head.weightGradients.productWithTransposed(head.mixedGradient, head.v);
      }
      attention.backward(weights, example, weightGradients);
      for (Head head : own) {
        head.qGradient.product(head.weightGradients, head.k);
        head.kGradient.transposedProduct(head.weightGradients, head.q, 0);
      }
    }
    kernelGradient.transposedProduct(input, jointGradient, keep);
    jointGradient.sumRowsInto(biasGradient, ones, keep);
    if (inputGradient != null) {
      inputGradient.productWithTransposed(jointGradient, kernel);
    }
  }
}
