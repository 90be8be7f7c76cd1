package dev.drey.job.access;

import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelPipeline;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpServerCodec;

/**
 * Puts a handler right after the HTTP codec. Flink adds a factory's handler after the one that
 * stores uploaded files and the one that collects the body.
 */
final class FirstHandler extends ChannelInboundHandlerAdapter {

  private final ChannelHandler handler;

  FirstHandler(ChannelHandler handler) {
    this.handler = handler;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addAfter(pipeline.context(HttpServerCodec.class).name(), "drey-access", handler);
    pipeline.remove(this);
  }
}
