package dev.drey.connectors.lambda.local;

import dev.drey.core.protocol.ProtocolJson;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Serves Lambda's Invoke API (2015-03-31) on one connection of a caller. */
final class InvokeApi extends SimpleChannelInboundHandler<FullHttpRequest> {

  /** Lambda's size limit of a synchronous request or response. */
  static final int MAX_PAYLOAD_BYTES = ProtocolJson.MAX_MESSAGE_BYTES;

  private static final String PREFIX = "/2015-03-31/functions/";
  private static final String SUFFIX = "/invocations";

  private final FunctionService service;

  InvokeApi(FunctionService service) {
    this.service = service;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    boolean tail = "Tail".equalsIgnoreCase(request.headers().get("X-Amz-Log-Type", "None"));
    String id = UUID.randomUUID().toString();
    Invocation invocation =
        new Invocation(
            id,
            request.content().retain(),
            (reply, log) -> send(context, response(reply, id, tail ? log : ""), keepAlive));
    String path = new QueryStringDecoder(request.uri()).path();
    String type = request.headers().get("X-Amz-Invocation-Type", "RequestResponse");
    int bytes = request.content().readableBytes();
    if (!request.method().equals(HttpMethod.POST) || !isInvoke(path)) {
      invocation.refuse(Reply.badParameter(request.method() + " " + path + " is not served"));
    } else if (!function(path).equals(service.name())) {
      invocation.refuse(Reply.notFound(function(path)));
    } else if (type.equals("DryRun")) {
      invocation.refuse(Reply.empty());
    } else if (!type.equals("RequestResponse")) {
      invocation.refuse(Reply.badParameter("invocation type " + type + " is not served"));
    } else if (bytes > MAX_PAYLOAD_BYTES) {
      invocation.refuse(Reply.requestTooLarge(bytes, MAX_PAYLOAD_BYTES));
    } else {
      service.invoke(invocation);
    }
  }

  private static boolean isInvoke(String path) {
    return path.startsWith(PREFIX)
        && path.endsWith(SUFFIX)
        && path.length() > PREFIX.length() + SUFFIX.length();
  }

  private static String function(String path) {
    return path.substring(PREFIX.length(), path.length() - SUFFIX.length());
  }

  private static FullHttpResponse response(Reply reply, String requestId, String log) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), reply.body());
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CONTENT_LENGTH, reply.body().readableBytes())
        .set("x-amzn-RequestId", requestId);
    reply.headers().forEach(response.headers()::set);
    if (reply.status() == HttpResponseStatus.OK.code()) {
      response.headers().set("X-Amz-Executed-Version", "$LATEST");
    }
    if (!log.isEmpty()) {
      response
          .headers()
          .set(
              "X-Amz-Log-Result",
              Base64.getEncoder().encodeToString(log.getBytes(StandardCharsets.UTF_8)));
    }
    return response;
  }

  private static void send(
      ChannelHandlerContext context, FullHttpResponse response, boolean keepAlive) {
    if (keepAlive) {
      var unused = context.writeAndFlush(response, context.voidPromise());
    } else {
      var unused = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var unused = context.close(); // the caller sees a broken connection
  }
}
