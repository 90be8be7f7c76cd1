package dev.drey.connectors.lambda.local;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Lambda service of one function, at the loopback address of this machine, for callers that speak
 * the Invoke API. It keeps Lambda's rules: payload limits, timeout, memory size, reserved
 * concurrency, a cold start on demand, reuse of warm workers, the shapes of errors and the bill.
 * Thread-safe.
 *
 * <p>Workers end with it: when it is closed, and when this process ends in any other way.
 */
public final class LocalLambda implements AutoCloseable {

  private final LocalLambdaSettings settings;
  private final NioEventLoopGroup group;
  private final EventLoop loop;
  private final WorkerLauncher launcher;
  private final FunctionService service;
  private final Channel channel;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalLambda(LocalLambdaSettings settings, WorkerLauncher launcher) throws IOException {
    this.settings = settings;
    this.launcher = launcher;
    this.group = new NioEventLoopGroup(1, new DefaultThreadFactory("local-lambda", true));
    this.loop = group.next();
    this.service =
        new FunctionService(settings, launcher, loop, new ResidentMemory(Path.of("/proc")));
    ChannelFuture bound =
        LoopbackServer.bind(loop, settings.port(), () -> new InvokeApi(service))
            .awaitUninterruptibly();
    this.channel = bound.channel();
    if (!bound.isSuccess()) {
      var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IOException(
          "the local Lambda service cannot listen on "
              + LoopbackServer.HOST
              + ":"
              + settings.port()
              + ": "
              + bound.cause().getMessage(),
          bound.cause());
    }
  }

  /**
   * Starts the service; workers start when there is work, or at {@link #warm}.
   *
   * @throws IOException if the function is not there, a directory cannot be written, or the port is
   *     taken; the message says which
   */
  public static LocalLambda open(LocalLambdaSettings settings) throws IOException {
    Path run = settings.directories().run();
    FunctionRuntime runtime;
    try {
      Files.createDirectories(run);
      Files.createDirectories(settings.directories().nativeCache());
      runtime = FunctionRuntime.unpack(run);
    } catch (IOException e) {
      throw new IOException("run directory " + run + " cannot be prepared: " + e, e);
    }
    WorkerCommand command = new WorkerCommand(settings, runtime);
    return new LocalLambda(settings, new WorkerLauncher(command, run.toAbsolutePath()));
  }

  /** Where callers send invocations: the endpoint override of an AWS client. */
  public URI endpoint() {
    return URI.create("http://" + LoopbackServer.HOST + ":" + LoopbackServer.port(channel));
  }

  /**
   * Starts workers ahead of use, all at once, until there are as many, and waits until they ask for
   * work.
   *
   * @param workers how many there are to be, at most the reserved concurrency
   * @throws IOException if one of them ends, or does not get ready in time; the message shows the
   *     end of its log
   */
  public void warm(int workers) throws IOException, InterruptedException {
    int limit = settings.limits().reservedConcurrency();
    if (workers < 0 || workers > limit) {
      throw new IllegalArgumentException(
          "workers is " + workers + ", must be in [0, " + limit + "], the reserved concurrency");
    }
    CompletableFuture<Void> ready = new CompletableFuture<>();
    loop.execute(() -> warmOnLoop(workers, ready));
    try {
      ready.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() instanceof CompletionException c ? c.getCause() : e.getCause();
      throw new IOException(cause == null ? e.toString() : cause.getMessage(), e);
    }
  }

  private void warmOnLoop(int workers, CompletableFuture<Void> ready) {
    try {
      var unused =
          service
              .warm(workers)
              .whenComplete(
                  (done, failure) -> {
                    if (failure == null) {
                      ready.complete(null);
                    } else {
                      ready.completeExceptionally(failure);
                    }
                  });
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  /** How many workers were started so far. */
  public int workersStarted() {
    return CompletableFuture.supplyAsync(service::started, loop).join();
  }

  /** Ends the workers, and answers invocations in flight with an error of the service. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    channel.close().awaitUninterruptibly();
    try {
      CompletableFuture.runAsync(service::close, loop)
          .get(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the local Lambda service does not close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      launcher.close();
      var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }
}
