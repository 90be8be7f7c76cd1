package dev.drey.connectors.lambda.local;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Serves Lambda's Runtime API (2018-06-01) on one connection of one worker. The paths of its
 * requests begin with the worker's token.
 */
final class RuntimeApi extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
  private static final String NEXT = INVOCATION + "next";
  private static final String INIT_ERROR = "/2018-06-01/runtime/init/error";
  private static final String RESPONSE = "/response";
  private static final String ERROR = "/error";

  /** Length of the path's first element, the token that {@link AccessCheck} has seen. */
  private static final int PREFIX = 1 + ServiceToken.LENGTH;

  private final Environment environment;
  private Assignment.@Nullable NextCall call;

  RuntimeApi(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    String path = request.uri().substring(PREFIX);
    ByteBuf body = request.content();
    if (request.method().equals(HttpMethod.GET) && path.equals(NEXT)) {
      call = (invocation, deadline) -> send(context, work(invocation, deadline));
      environment.nextCallOpened(call);
    } else if (path.equals(INIT_ERROR)) {
      environment.initFailed(body.retain());
      send(context, accepted());
    } else if (path.startsWith(INVOCATION) && path.endsWith(RESPONSE)) {
      answered(context, id(path, RESPONSE), body.retain(), false);
    } else if (path.startsWith(INVOCATION) && path.endsWith(ERROR)) {
      answered(context, id(path, ERROR), body.retain(), true);
    } else {
      send(context, json(HttpResponseStatus.NOT_FOUND, "{\"errorType\":\"NotFound\"}"));
    }
  }

  private void answered(ChannelHandlerContext context, String id, ByteBuf body, boolean thrown) {
    boolean tooLarge = !thrown && body.readableBytes() > InvokeApi.MAX_PAYLOAD_BYTES;
    boolean known = environment.answered(id, body, thrown, InvokeApi.MAX_PAYLOAD_BYTES);
    if (!known) {
      send(context, json(HttpResponseStatus.BAD_REQUEST, "{\"errorType\":\"InvalidRequestID\"}"));
    } else if (tooLarge) {
      send(
          context,
          json(
              HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
              "{\"errorType\":\"RequestEntityTooLarge\"}"));
    } else {
      send(context, accepted());
    }
  }

  private static String id(String path, String suffix) {
    return path.substring(
        INVOCATION.length(), Math.max(INVOCATION.length(), path.length() - suffix.length()));
  }

  private static FullHttpResponse work(Invocation invocation, long deadlineMillis) {
    // AWS's runtime crashes on a response without a content type.
    FullHttpResponse response =
        response(HttpResponseStatus.OK, invocation.payload().retainedDuplicate());
    response
        .headers()
        .set("Lambda-Runtime-Aws-Request-Id", invocation.requestId())
        .set("Lambda-Runtime-Deadline-Ms", deadlineMillis)
        .set(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:local:000000000000:function:local");
    return response;
  }

  private static FullHttpResponse accepted() {
    return json(HttpResponseStatus.ACCEPTED, "{\"status\":\"OK\"}");
  }

  private static FullHttpResponse json(HttpResponseStatus status, String text) {
    return response(status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private static FullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    return response;
  }

  private static void send(ChannelHandlerContext context, FullHttpResponse response) {
    var unused = context.writeAndFlush(response, context.voidPromise());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (call != null) {
      environment.nextCallBroken(call);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var unused = context.close(); // the worker is about to end, or reconnects
  }
}
