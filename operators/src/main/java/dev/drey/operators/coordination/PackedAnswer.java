package dev.drey.operators.coordination;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationResponse;
import org.apache.flink.util.InstantiationUtil;

/**
 * The coordinator's answers in transit. Flink's RPC reads them with its own class loader, which
 * does not know the classes of a job jar, so they are sent as bytes in a response of Flink's own.
 */
public final class PackedAnswer {

  private static final BytePrimitiveArraySerializer BYTES = BytePrimitiveArraySerializer.INSTANCE;

  private PackedAnswer() {}

  static CoordinationResponse of(CoordinationResponse answer) {
    try {
      byte[] bytes = InstantiationUtil.serializeObject(answer);
      return new CollectCoordinationResponse(
          "", 0, List.of(InstantiationUtil.serializeToByteArray(BYTES, bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unpacks the coordinator's answer. */
  public static CoordinationResponse read(CoordinationResponse packed) {
    try {
      byte[] bytes = ((CollectCoordinationResponse) packed).getResults(BYTES).get(0);
      return InstantiationUtil.deserializeObject(bytes, PackedAnswer.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("an answer of another version of this program", e);
    }
  }
}
