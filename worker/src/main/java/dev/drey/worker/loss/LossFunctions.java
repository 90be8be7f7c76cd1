package dev.drey.worker.loss;

import dev.drey.core.network.Loss;

/**
 * Which class computes each kind of loss.
 *
 * @param outputs of the network
 */
record LossFunctions(int outputs) implements Loss.Visitor<LossFunction> {

  @Override
  public LossFunction softmaxCrossEntropy(Loss.SoftmaxCrossEntropy loss) {
    return new SoftmaxCrossEntropy(loss, outputs);
  }

  @Override
  public LossFunction binaryCrossEntropy(Loss.BinaryCrossEntropy loss) {
    return new BinaryCrossEntropy(outputs);
  }

  @Override
  public LossFunction meanSquaredError(Loss.MeanSquaredError loss) {
    return new SquaredError(outputs, 1.0 / outputs);
  }

  @Override
  public LossFunction halfSquaredError(Loss.HalfSquaredError loss) {
    return new SquaredError(outputs, 0.5);
  }

  @Override
  public LossFunction huber(Loss.Huber loss) {
    return new Huber(outputs, loss.delta());
  }
}
