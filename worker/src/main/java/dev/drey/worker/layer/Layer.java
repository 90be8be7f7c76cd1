package dev.drey.worker.layer;

import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Dropout;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.Gru;
import dev.drey.core.layer.LayerNormalization;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.Lstm;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.MultiHeadAttention;
import dev.drey.core.layer.PositionalEmbedding;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer, compiled for a fixed number of examples n: all its arrays exist already, and its
 * parameters are views of the network's flat vectors. One thread at a time.
 *
 * <p>A new kind of layer is a {@link LayerSpec}, a class that implements this, and a line in {@link
 * #compile}.
 */
public interface Layer {

  /** What {@link #forward} writes: [n, ...], the shape the specification gives. */
  INDArray output();

  /**
   * Where whoever comes next writes the gradient of the loss by {@link #output}, of the same shape.
   * {@link #backward} may overwrite it.
   */
  INDArray outputGradient();

  /** Computes the output from the site's input and parameters. */
  void forward(Pass pass);

  /**
   * Computes, after {@link #forward} and from {@link #outputGradient}, the gradient by the
   * parameters, summed over the examples, and the gradient by the input if the site wants it. Where
   * the parameters hold a statistic, its place in the gradient gets the number of examples times
   * what was measured over them.
   *
   * @param accumulate whether to add to the parameters' gradient instead of overwriting it; the
   *     gradient by the input is always overwritten
   */
  void backward(boolean accumulate);

  /** Builds the layer of a node. */
  static Layer compile(Site site) {
    LayerSpec spec = site.node().layer();
    if (spec instanceof ActivationLayer activation) {
      return new FunctionLayer(activation.function(), site);
    }
    if (spec instanceof Add) {
      return new AddLayer(site);
    }
    if (spec instanceof AveragePooling2d pooling) {
      return new AveragePooling2dLayer(pooling, site);
    }
    if (spec instanceof BatchNormalization normalization) {
      return new BatchNormalizationLayer(normalization, site);
    }
    if (spec instanceof Conv2d convolution) {
      return new Conv2dLayer(convolution, site);
    }
    if (spec instanceof Dense dense) {
      return new DenseLayer(dense, site);
    }
    if (spec instanceof Dropout dropout) {
      return new DropoutLayer(dropout, site);
    }
    if (spec instanceof Embedding embedding) {
      return new EmbeddingLayer(embedding, site);
    }
    if (spec instanceof Flatten) {
      return new FlattenLayer(site);
    }
    if (spec instanceof GlobalAveragePooling) {
      return new GlobalAveragePoolingLayer(site);
    }
    if (spec instanceof Gru gru) {
      return new GruLayer(gru, site);
    }
    if (spec instanceof LayerNormalization normalization) {
      return new LayerNormalizationLayer(normalization, site);
    }
    if (spec instanceof LocalResponseNormalization normalization) {
      return new LocalResponseNormalizationLayer(normalization, site);
    }
    if (spec instanceof Lstm lstm) {
      return new LstmLayer(lstm, site);
    }
    if (spec instanceof MaxPooling2d pooling) {
      return new MaxPooling2dLayer(pooling, site);
    }
    if (spec instanceof MultiHeadAttention attention) {
      return new MultiHeadAttentionLayer(attention, site);
    }
    if (spec instanceof PositionalEmbedding) {
      return new PositionalEmbeddingLayer(site);
    }
    throw new IllegalArgumentException("no layer computes " + spec);
  }
}
