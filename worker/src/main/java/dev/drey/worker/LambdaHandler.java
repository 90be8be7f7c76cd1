package dev.drey.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.worker.WorkHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The entry point on AWS Lambda: one invocation is one request. Lambda creates one instance per
 * process.
 */
public final class LambdaHandler implements RequestStreamHandler {

  private final WorkHandler handler;

  /** Called by Lambda while it initialises a worker; loads the native libraries. */
  public LambdaHandler() {
    this(new GradientHandler());
    WarmUp.run();
  }

  LambdaHandler(WorkHandler handler) {
    this.handler = handler;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    // One byte above the limit lets the handler detect a message that is too long.
    output.write(handler.handle(input.readNBytes(ProtocolJson.MAX_MESSAGE_BYTES + 1)));
  }
}
