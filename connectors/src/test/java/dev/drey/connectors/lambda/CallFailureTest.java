package dev.drey.connectors.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.LambdaException;

final class CallFailureTest {

  @ParameterizedTest
  @CsvSource({
    "429, TooManyRequestsException, THROTTLED",
    "400, ThrottlingException, THROTTLED",
    "502, EC2ThrottledException, THROTTLED",
    "500, ServiceException, UNAVAILABLE",
    "503, '', UNAVAILABLE",
    "413, RequestEntityTooLargeException, BAD_CALL",
    "404, ResourceNotFoundException, BAD_CALL",
    "403, AccessDeniedException, BAD_CALL",
    "400, InvalidParameterValueException, BAD_CALL"
  })
  void aStatusOfTheServiceTellsTheKind(int status, String code, Kind kind) {
    WorkerException failure =
        CallFailure.of(
            new CompletionException(
                LambdaException.builder()
                    .statusCode(status)
                    .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage("said").build())
                    .build()),
            50);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.bill()).isEqualTo(Bill.NOTHING);
    assertThat(failure).hasMessageContaining("HTTP " + status).hasMessageContaining("said");
  }

  @Test
  void aConnectionThatFailsIsUnavailable() {
    assertThat(
            CallFailure.of(
                    SdkClientException.create("x", new ConnectException("connection refused")), 50)
                .kind())
        .isEqualTo(Kind.UNAVAILABLE);
    assertThat(CallFailure.of(new IOException("reset"), 50).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void theEndOfTheLeaseIsATimeoutAndWhatTheCallTookIsItsBill() {
    WorkerException failure = CallFailure.of(ApiCallTimeoutException.create(500), 501);

    assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(failure.bill()).isEqualTo(new Bill(501, false));
  }

  @Test
  void aConnectionThatIsLostUnderACallIsPaidForAndOneThatNeverWasIsNot() {
    assertThat(bill(new IOException("connection reset"))).isEqualTo(new Bill(50, false));
    assertThat(bill(new ConnectException("refused"))).isEqualTo(Bill.NOTHING);
    assertThat(bill(new UnknownHostException("nowhere"))).isEqualTo(Bill.NOTHING);
    assertThat(CallFailure.of(new IllegalStateException("closed"), 50).bill())
        .isEqualTo(Bill.NOTHING);
  }

  private static Bill bill(IOException cause) {
    WorkerException failure = CallFailure.of(SdkClientException.create("x", cause), 50);
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    return failure.bill();
  }

  @Test
  void aClientThatIsNotSetUpIsABadCall() {
    assertThat(CallFailure.of(SdkClientException.create("no credentials"), 50).kind())
        .isEqualTo(Kind.BAD_CALL);
  }

  @Test
  void whatIsClassifiedStaysSo() {
    WorkerException known = new WorkerException(Kind.REFUSED, "x", new Bill(1, false), null);

    assertThat(CallFailure.of(new CompletionException(known), 50)).isSameAs(known);
  }
}
