package dev.drey.connectors.lambda.local;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that lack the service's token, name another host, or come from a web page; their
 * bodies are discarded unread. One per connection, which ends with the first refusal.
 */
final class AccessCheck extends ChannelInboundHandlerAdapter {

  /** Where a request has the token. */
  @FunctionalInterface
  interface Credential {

    /** Whether the request has it; compared in constant time. */
    boolean isIn(HttpRequest request);

    /** As {@code Authorization: Bearer TOKEN}. */
    static Credential bearer(ServiceToken token) {
      return request -> {
        String value = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return value.startsWith(BEARER) && token.equalTo(value.substring(BEARER.length()));
      };
    }

    /** As the first element of the path. */
    static Credential path(ServiceToken token) {
      return request -> {
        String uri = request.uri();
        int end = uri.indexOf('/', 1);
        return end > 0 && uri.startsWith("/") && token.equalTo(uri.substring(1, end));
      };
    }
  }

  private static final String BEARER = "Bearer ";

  private final Credential credential;
  private boolean refused;

  AccessCheck(Credential credential) {
    this.credential = credential;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!refused && message instanceof HttpRequest request) {
      String fault = fault(request, LoopbackServer.port(context.channel()));
      if (fault != null) {
        refused = true;
        var unused = context.writeAndFlush(refusal(fault));
      }
    }
    if (!refused) {
      var unused = context.fireChannelRead(message);
      return;
    }
    // Closing before the body has come could reset the connection before the caller reads why.
    if (message instanceof LastHttpContent) {
      var unused =
          context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
    ReferenceCountUtil.release(message);
  }

  private @Nullable String fault(HttpRequest request, int port) {
    HttpHeaders headers = request.headers();
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    String host = LoopbackServer.HOST + ":" + port;
    if (request.decoderResult().isFailure()) {
      return "the request is malformed";
    }
    if (hosts.size() != 1
        || !(hosts.get(0).equals(host) || hosts.get(0).equals("localhost:" + port))) {
      return "the header Host must be " + host;
    }
    if (headers.contains(HttpHeaderNames.ORIGIN)) {
      return "the header Origin is there, web pages may not call this service";
    }
    return credential.isIn(request) ? null : "the request lacks the token of this service";
  }

  private static FullHttpResponse refusal(String fault) {
    Reply reply = Reply.denied(fault);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), reply.body());
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CONTENT_LENGTH, reply.body().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    reply.headers().forEach(response.headers()::set);
    return response;
  }
}
