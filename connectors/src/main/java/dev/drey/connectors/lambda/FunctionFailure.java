package dev.drey.connectors.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Classifies a function error: the body that Lambda returns with status 200 and
 * X-Amz-Function-Error. Exceptions, timeouts and killed processes are all reported in this way.
 */
final class FunctionFailure {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_CHARS = 1500;

  private FunctionFailure() {}

  static WorkerException of(byte[] payload, Bill bill) {
    String type = "";
    String message;
    try {
      JsonNode error = JSON.readTree(payload);
      type = error.path("errorType").asText("");
      message = error.path("errorMessage").asText("");
    } catch (IOException e) {
      message = "error of " + payload.length + " bytes that are not JSON";
    }
    String text = type.isEmpty() ? message : type + ": " + message;
    return new WorkerException(kind(type, message), shorten(text), bill, null);
  }

  private static Kind kind(String type, String message) {
    if (message.contains("Task timed out after") || type.equals("Sandbox.Timedout")) {
      return Kind.TIMED_OUT;
    }
    boolean died =
        type.equals("Runtime.ExitError")
            || type.equals("Runtime.OutOfMemory")
            || type.equals("java.lang.OutOfMemoryError") // Lambda's Java runtime exits after it
            || message.contains("signal: killed")
            || message.contains("exited without providing a reason");
    return died ? Kind.CRASHED : Kind.FAILED;
  }

  static String shorten(@Nullable String text) {
    if (text == null) {
      return "no message";
    }
    return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "...";
  }
}
