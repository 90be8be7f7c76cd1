package dev.drey.connectors.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.drey.connectors.transport.TestingHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** {@link TestingHandler} as a Lambda function. */
public final class TestingWorkFunction implements RequestStreamHandler {

  private final TestingHandler handler = new TestingHandler();

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    out.write(handler.handle(in.readAllBytes()));
  }
}
