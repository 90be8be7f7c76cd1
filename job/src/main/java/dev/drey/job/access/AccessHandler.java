package dev.drey.job.access;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.shaded.netty4.io.netty.buffer.Unpooled;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelDuplexHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelFutureListener;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelPromise;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultFullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.FullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaders;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.LastHttpContent;
import org.apache.flink.shaded.netty4.io.netty.util.ReferenceCountUtil;

/**
 * Applies an {@link AccessRule} to a connection, between Flink's HTTP codec and all else, so that
 * the body of a refused request is neither stored nor parsed. On the connection's thread.
 */
final class AccessHandler extends ChannelDuplexHandler {

  private final AccessRule rule;
  private boolean refusing;

  AccessHandler(AccessRule rule) {
    this.rule = rule;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refusing) {
      drop(context, message);
      return;
    }
    if (message instanceof HttpRequest request) {
      Optional<Refusal> refusal = refusal(context, request);
      if (refusal.isPresent()) {
        refusing = true;
        var unused = context.writeAndFlush(answer(refusal.get()));
        drop(context, message);
        return;
      }
    }
    context.fireChannelRead(message);
  }

  private Optional<Refusal> refusal(ChannelHandlerContext context, HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(new Refusal(400, "the request is not HTTP"));
    }
    try {
      return rule.refusal(
          new RestRequest(
              request.method().name(),
              request.uri(),
              context.channel().remoteAddress() instanceof InetSocketAddress peer
                  && peer.getAddress().isLoopbackAddress(),
              request.headers()::getAll));
    } catch (IllegalArgumentException e) {
      return Optional.of(new Refusal(400, "the request has a wrong encoding in its path"));
    }
  }

  /** A client sees the answer for certain only if its request was read to the end. */
  private static void drop(ChannelHandlerContext context, Object message) {
    boolean last = message instanceof LastHttpContent;
    ReferenceCountUtil.release(message);
    if (last) {
      var unused =
          context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static FullHttpResponse answer(Refusal refusal) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(refusal.status()),
            Unpooled.copiedBuffer(refusal.body(), StandardCharsets.UTF_8));
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8");
    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    headers.set(HttpHeaderNames.CONNECTION, "close");
    if (refusal.status() == HttpResponseStatus.UNAUTHORIZED.code()) {
      headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Drey\"");
    }
    return protect(response);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      protect(response);
    }
    var unused = context.write(message, promise);
  }

  /** No page of another origin reads an answer, frames the UI, or runs an answer as a script. */
  private static <T extends HttpResponse> T protect(T response) {
    response
        .headers()
        .remove(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN)
        .set("Content-Security-Policy", "frame-ancestors 'none'")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("X-Content-Type-Options", "nosniff");
    return response;
  }
}
