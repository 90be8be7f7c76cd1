package dev.drey.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdaHandlerTest {

  @TempDir private Path directory;

  @Test
  void anInvocationAnswersARequest() throws IOException {
    TestingRequests requests = new TestingRequests(directory);
    int parameters = TestingRequests.SMALL.parameterCount();
    WorkRequest request =
        requests.request(
            Work.Kind.EVALUATION,
            TestingRequests.SMALL,
            TestingRequests.inline(3, new float[parameters]),
            TestingRequests.rows(requests.data(3, new float[12], 1, new float[4]), 4));

    WorkAnswer answer = invoke(new ByteArrayInputStream(ProtocolJson.encode(request)));

    assertThat(answer).isInstanceOf(WorkAnswer.Done.class);
    assertThat(((WorkAnswer.Done) answer).lossSum()).isEqualTo(4 * Math.log(2));
  }

  @Test
  void anEndlessInputIsReadToTheLimitAndRefused() throws IOException {
    WorkAnswer answer =
        invoke(
            new InputStream() {
              @Override
              public int read() {
                return ' ';
              }
            });

    assertThat(answer)
        .isEqualTo(
            new WorkAnswer.Refused(
                WorkAnswer.Reason.BAD_REQUEST, "request has 6291557 bytes, at most 6291556"));
  }

  private static WorkAnswer invoke(InputStream input) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new LambdaHandler().handleRequest(input, output, context());
    return ProtocolJson.decodeAnswer(output.toByteArray());
  }

  /** A context that is of no use to anyone. */
  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            LambdaHandlerTest.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
