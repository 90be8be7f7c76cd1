package dev.drey.connectors.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FunctionFailureTest {

  private static final Bill BILL = new Bill(40, true);

  @Test
  void anExceptionOfTheHandlerIsAFailureWithItsTypeMessageAndBill() {
    WorkerException failure =
        of("{\"errorMessage\":\"no such data\",\"errorType\":\"java.io.IOException\"}");

    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
    assertThat(failure).hasMessage("java.io.IOException: no such data");
    assertThat(failure.bill()).isEqualTo(BILL);
  }

  @ParameterizedTest
  @CsvSource({
    "Sandbox.Timedout, RequestId: 1 Error: Task timed out after 3.00 seconds, TIMED_OUT",
    "'', 2026-11-22T10:00:00Z 1 Task timed out after 3.00 seconds, TIMED_OUT",
    "Runtime.ExitError, RequestId: 1 Error: Runtime exited with error: exit status 1, CRASHED",
    "Runtime.ExitError, RequestId: 1 Error: Runtime exited with error: signal: killed, CRASHED",
    "Runtime.OutOfMemory, RequestId: 1 Error: Runtime exited with error: signal: killed, CRASHED",
    "'', RequestId: 1 Error: Runtime exited without providing a reason, CRASHED",
    "java.lang.OutOfMemoryError, Java heap space, CRASHED",
    "Function.ResponseSizeTooLarge, Response payload size exceeded, FAILED",
    "java.lang.IllegalStateException, x, FAILED"
  })
  void aTimeoutAndADeadProcessAreToldApart(String type, String message, Kind kind) {
    assertThat(of("{\"errorType\":\"" + type + "\",\"errorMessage\":\"" + message + "\"}").kind())
        .isEqualTo(kind);
  }

  @Test
  void aBodyThatIsNoJsonIsAFailure() {
    WorkerException failure = of("<html>");

    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
    assertThat(failure).hasMessageContaining("6 bytes");
  }

  @Test
  void aLongMessageIsShortened() {
    String message = of("{\"errorMessage\":\"" + "x".repeat(100_000) + "\"}").getMessage();

    assertThat(message).hasSizeLessThan(2_000).endsWith("...");
  }

  private static WorkerException of(String json) {
    return FunctionFailure.of(json.getBytes(StandardCharsets.UTF_8), BILL);
  }
}
