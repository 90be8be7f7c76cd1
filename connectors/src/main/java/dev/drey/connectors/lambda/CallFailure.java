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

/** Tells what kind of failure a call that brought no answer is. */
final class CallFailure {

  private static final Set<String> THROTTLES =
      Set.of(
          "TooManyRequestsException",
          "EC2ThrottledException",
          "ENILimitReachedException",
          "ThrottlingException");

  private CallFailure() {}

  /**
   * The failure.
   *
   * @param millis how long the call took: what a call is taken to have cost whose answer was not
   *     waited for, or was lost with its connection, since its function ran on, and nobody says how
   *     long
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
      return false; // the service answered: it bills no call that it could not make
    }
    boolean lost = false;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return false; // there was no connection
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
      // Without a cause it is the client's own setup: no credentials, no region.
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
