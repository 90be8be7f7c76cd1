package dev.drey.connectors.lambda.local;

import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;

/**
 * One invocation on its way. Answered exactly once.
 *
 * @param requestId unique
 * @param payload the request's JSON; released when the invocation is over
 * @param caller takes the reply, and the log that goes with it ("" if it never reached a worker)
 */
record Invocation(String requestId, ByteBuf payload, BiConsumer<Reply, String> caller) {

  /** Answers without a worker having been involved. */
  void refuse(Reply reply) {
    finish(reply, "");
  }

  void finish(Reply reply, String log) {
    payload.release();
    caller.accept(reply, log);
  }
}
