package dev.drey.worker;

import dev.drey.core.protocol.WorkAnswer.Reason;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.worker.loss.BatchScore;
import dev.drey.worker.network.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Computes what a request asks for, kind by kind.
 *
 * @param network with the weights of the request
 * @param feed the examples of the request
 * @param request whose random numbers start from its seed
 */
record RequestComputation(Network network, RowsFeed feed, WorkRequest request)
    implements Work.Cases<RequestComputation.Result, RefusedException> {

  /**
   * What comes of it.
   *
   * @param bytes to be sent back, valid until the network computes again; null if there are none
   */
  record Result(BatchScore score, @Nullable ByteBuffer bytes) {}

  @Override
  public Result gradient(Work.Gradient work) throws RefusedException {
    BatchScore score = network.gradient(feed, request.seed());
    checkLoss(score, OptionalLong.of(request.seed()));
    Optional<String> tensor = network.gradientNotFinite();
    if (tensor.isPresent()) {
      throw notFinite("the gradient of " + tensor.get() + " is NaN or infinite");
    }
    return new Result(score, network.gradientBytes());
  }

  @Override
  public Result evaluation(Work.Evaluation work) throws RefusedException {
    BatchScore score = network.evaluate(feed);
    checkLoss(score, OptionalLong.empty());
    return new Result(score, null);
  }

  @Override
  public Result prediction(Work.Prediction work) {
    float[] outputs = new float[Math.multiplyExact(feed.count(), network.spec().outputWidth())];
    network.predict(feed, outputs);
    ByteBuffer bytes =
        ByteBuffer.allocate(outputs.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(outputs);
    return new Result(BatchScore.NONE, bytes);
  }

  /**
   * @param seed of a pass for training; empty for one without dropout
   */
  private void checkLoss(BatchScore score, OptionalLong seed) throws RefusedException {
    if (!Double.isFinite(score.lossSum())) {
      String layer =
          network
              .outputNotFinite(feed, seed)
              .map(name -> ", as is the output of layer " + name)
              .orElse("");
      throw notFinite("the loss is NaN or infinite" + layer);
    }
  }

  private RefusedException notFinite(String what) {
    return new RefusedException(
        Reason.NOT_FINITE,
        "step %d slot %d: %s".formatted(request.id().step(), request.id().slot(), what));
  }
}
