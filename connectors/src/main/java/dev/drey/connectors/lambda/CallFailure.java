package dev.drey.connectors.lambda;

import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Classifies the failure of a call that returned no answer. */
final class CallFailure {

  private static final Set<String> THROTTLES =
      Set.of(
          "TooManyRequestsException",
          "EC2ThrottledException",
          "ENILimitReachedException",
          "ThrottlingException");

  private CallFailure() {}

  /**
   * Classifies a failure.
   *
   * @param millis duration of the call. It is billed if the function may have run: after a timeout
   *     or a lost connection, when the actual billed duration is unknown
   */
  static WorkerException of(Throwable thrown, long millis) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof WorkerException known) {
      return known;
    }
    Kind kind = kind(cause);
    Bill bill = mayHaveRun(kind, cause) ? new Bill(millis, false) : Bill.NOTHING;
    return new WorkerException(kind, describe(cause), bill, cause);
  }

  private static boolean mayHaveRun(Kind kind, Throwable thrown) {
    if (kind == Kind.TIMED_OUT) {
      return true;
    }
    if (kind != Kind.UNAVAILABLE || thrown instanceof AwsServiceException) {
      return false; // the service answered with an error, and does not bill the call
    }
    boolean lost = false;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return false; // no connection was made
      }
      lost |= cause instanceof IOException;
    }
    return lost;
  }

  private static Kind kind(Throwable cause) {
    if (cause instanceof ApiCallTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException
        || cause instanceof TimeoutException) {
      return Kind.TIMED_OUT;
    }
    if (cause instanceof AwsServiceException service) {
      return kind(service);
    }
    if (cause instanceof AbortedException || cause instanceof IOException) {
      return Kind.UNAVAILABLE;
    }
    if (cause instanceof SdkClientException client) {
      // Without a cause it is the client's configuration: no credentials, no region.
      return client.getCause() == null ? Kind.BAD_CALL : Kind.UNAVAILABLE;
    }
    return Kind.UNAVAILABLE;
  }

  private static Kind kind(AwsServiceException service) {
    if (service.statusCode() == 429 || THROTTLES.contains(code(service))) {
      return Kind.THROTTLED;
    }
    return service.statusCode() >= 500 ? Kind.UNAVAILABLE : Kind.BAD_CALL;
  }

  private static String code(AwsServiceException service) {
    String code = service.awsErrorDetails() == null ? null : service.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private static @Nullable String describe(Throwable cause) {
    if (cause instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      return "HTTP "
          + service.statusCode()
          + " "
          + code(service)
          + ": "
          + FunctionFailure.shorten(service.awsErrorDetails().errorMessage());
    }
    return FunctionFailure.shorten(cause.getClass().getSimpleName() + ": " + cause.getMessage());
  }
}
