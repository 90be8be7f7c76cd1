package dev.drey.worker.layer;

import dev.drey.core.layer.LayerSpec;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer, compiled for a fixed number of examples n: all its arrays exist already, and its
 * parameters are views of the network's flat vectors. One thread at a time.
 *
 * <p>A new kind of layer is a {@link LayerSpec}, a class that implements this, and a method of
 * {@link Implementations}.
 */
public interface Layer {

  /** What {@link #forward} writes: [n, ...], the shape the specification gives. */
  INDArray output();

  /**
   * Where the next layer, or the loss, writes the gradient of the loss by {@link #output}, of the
   * same shape. {@link #backward} may overwrite it.
   */
  INDArray outputGradient();

  /** Computes the output from the site's input and parameters. */
  void forward(Pass pass);

  /**
   * Computes, after {@link #forward} and from {@link #outputGradient}, the gradient by the
   * parameters, summed over the examples, and the gradient by the input if the site has a place for
   * it. Where the parameters hold a statistic, its place in the gradient gets the number of
   * examples times what was measured over them.
   *
   * @param accumulate whether to add to the parameters' gradient instead of overwriting it; the
   *     gradient by the input is always overwritten
   */
  void backward(boolean accumulate);

  /** Builds the layer of a node. */
  static Layer compile(Site site) {
    return site.node().layer().accept(Implementations.ALL).compiler().apply(site);
  }
}
