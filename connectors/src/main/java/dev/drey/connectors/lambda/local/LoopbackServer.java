package dev.drey.connectors.lambda.local;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * An HTTP/1.1 server on the loopback address, on a single event loop. All users of the machine can
 * connect to it, so requests must have a credential.
 */
final class LoopbackServer {

  static final String HOST = "127.0.0.1";

  /**
   * Above the limit of any message, so that a message that is too long gets an error reply instead
   * of a closed connection.
   */
  private static final int MAX_BODY = 64 << 20;

  /** AWS's runtime sends a whole stack trace in a header, up to 1 MB. */
  private static final int MAX_HEADERS = 2 << 20;

  private static final int MAX_READ = 1 << 20;

  private LoopbackServer() {}

  /**
   * Starts listening.
   *
   * @param port 0 for any free port
   * @param credential that requests must have
   * @param handler creates the handler of each connection, which receives full requests
   */
  static ChannelFuture bind(
      EventLoop loop,
      int port,
      AccessCheck.Credential credential,
      Supplier<ChannelHandler> handler) {
    return new ServerBootstrap()
        .group(loop, loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(
            ChannelOption.RCVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(1024, 16 << 10, MAX_READ))
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new HttpServerCodec(
                            new HttpDecoderConfig()
                                .setMaxHeaderSize(MAX_HEADERS)
                                .setMaxChunkSize(MAX_READ)),
                        new AccessCheck(credential),
                        new HttpObjectAggregator(MAX_BODY),
                        handler.get());
              }
            })
        .bind(HOST, port);
  }

  static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }
}
