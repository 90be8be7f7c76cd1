package dev.drey.connectors.lambda.local;

import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;

/**
 * One pending invocation. Answered exactly once.
 *
 * @param requestId unique id
 * @param payload the request's JSON; released when the invocation is answered
 * @param caller receives the reply and the end of the log ("" if no worker was involved)
 */
record Invocation(String requestId, ByteBuf payload, BiConsumer<Reply, String> caller) {

  /** Answers without involving a worker. */
  void refuse(Reply reply) {
    finish(reply, "");
  }

  void finish(Reply reply, String log) {
    payload.release();
    caller.accept(reply, log);
  }
}
