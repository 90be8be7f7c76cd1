package dev.drey.connectors.lambda.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A response of the Invoke API.
 *
 * @param status the HTTP status
 * @param headers in addition to content type and length
 * @param body JSON; released by sending the reply
 */
record Reply(int status, Map<String, String> headers, ByteBuf body) {

  private static final String ERROR_TYPE = "x-amzn-ErrorType";
  private static final String FUNCTION_ERROR = "X-Amz-Function-Error";

  /** The handler's response. */
  static Reply success(ByteBuf body) {
    return new Reply(200, Map.of(), body);
  }

  /** The response to a dry run. */
  static Reply empty() {
    return new Reply(204, Map.of(), Unpooled.EMPTY_BUFFER);
  }

  /** The handler's exception, as described by its runtime. */
  static Reply thrown(ByteBuf error) {
    return new Reply(200, Map.of(FUNCTION_ERROR, "Unhandled"), error);
  }

  /** The service's description of a function that did not respond. */
  static Reply functionError(String errorType, String errorMessage) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("errorType", errorType);
    body.put("errorMessage", errorMessage);
    return thrown(json(body));
  }

  static Reply timedOut(String requestId, double seconds) {
    return functionError(
        "Sandbox.Timedout",
        String.format(
            Locale.ROOT,
            "RequestId: %s Error: Task timed out after %.2f seconds",
            requestId,
            seconds));
  }

  static Reply exited(String requestId, String how) {
    return functionError(
        "Runtime.ExitError",
        "RequestId: " + requestId + " Error: Runtime exited with error: " + how);
  }

  static Reply responseTooLarge(long bytes, long limit) {
    return functionError(
        "Function.ResponseSizeTooLarge",
        "Response payload size ("
            + bytes
            + " bytes) exceeded maximum allowed payload size ("
            + limit
            + " bytes).");
  }

  static Reply requestTooLarge(long bytes, long limit) {
    return refused(
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "RequestEntityTooLargeException",
        "User",
        bytes
            + " byte payload is too large for the RequestResponse invocation type (limit "
            + limit
            + " bytes)");
  }

  static Reply throttled() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
    body.put("Type", "User");
    body.put("message", "Rate Exceeded.");
    return new Reply(429, Map.of(ERROR_TYPE, "TooManyRequestsException"), json(body));
  }

  static Reply notFound(String function) {
    return refused(
        HttpResponseStatus.NOT_FOUND,
        "ResourceNotFoundException",
        "User",
        "Function not found: " + function);
  }

  static Reply denied(String message) {
    return refused(HttpResponseStatus.FORBIDDEN, "AccessDeniedException", "User", message);
  }

  static Reply badParameter(String message) {
    return refused(
        HttpResponseStatus.BAD_REQUEST, "InvalidParameterValueException", "User", message);
  }

  static Reply unavailable(String message) {
    return refused(HttpResponseStatus.SERVICE_UNAVAILABLE, "ServiceException", "Service", message);
  }

  private static Reply refused(
      HttpResponseStatus status, String errorType, String blame, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("Type", blame);
    body.put("Message", message);
    body.put("message", message);
    return new Reply(status.code(), Map.of(ERROR_TYPE, errorType), json(body));
  }

  private static ByteBuf json(ObjectNode node) {
    return Unpooled.wrappedBuffer(node.toString().getBytes(StandardCharsets.UTF_8));
  }
}
