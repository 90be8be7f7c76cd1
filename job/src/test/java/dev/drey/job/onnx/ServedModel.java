package dev.drey.job.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.stream.LongStream;

/** A model in onnxruntime. */
public final class ServedModel implements AutoCloseable {

  private final OrtSession session;

  /** Loads a model, which onnxruntime checks operator by operator. */
  public ServedModel(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = OrtEnvironment.getEnvironment().createSession(model, options);
    }
  }

  /** The shape of an input or output as the file declares it; -1 for what is open. */
  static long[] shape(NodeInfo info) {
    return ((TensorInfo) info.getInfo()).getShape();
  }

  /** For what the file says of itself. */
  public OrtSession session() {
    return session;
  }

  /**
   * Computes.
   *
   * @param features [count, ...the network's input]
   * @return [count, outputs]
   */
  public float[][] outputs(int count, float[] features) throws OrtException {
    long[] shape = shape(session.getInputInfo().get("features"));
    long[] whole = LongStream.concat(LongStream.of(count), LongStream.of(shape).skip(1)).toArray();
    try (OnnxTensor input =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), FloatBuffer.wrap(features), whole);
        OrtSession.Result result = session.run(Map.of("features", input))) {
      return (float[][]) result.get("outputs").orElseThrow().getValue();
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
