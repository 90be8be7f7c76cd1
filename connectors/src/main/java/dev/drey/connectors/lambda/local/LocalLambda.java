package dev.drey.connectors.lambda.local;

import dev.drey.connectors.secret.Secret;
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
 * A local emulation of Lambda for one function, which serves the Invoke API on the loopback
 * address. It emulates payload limits, timeout, memory size, reserved concurrency, cold starts,
 * reuse of warm workers, the formats of errors, and the bill. It serves those who have its token,
 * and each worker has a token of its own. Thread-safe.
 *
 * <p>Its workers end when it is closed, and when this process ends in any way.
 */
public final class LocalLambda implements AutoCloseable {

  private final LocalLambdaSettings settings;
  private final NioEventLoopGroup group;
  private final EventLoop loop;
  private final WorkerLauncher launcher;
  private final FunctionService service;
  private final Channel channel;
  private final Secret.StoredFile token;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalLambda(LocalLambdaSettings settings, WorkerLauncher launcher) throws IOException {
    this.settings = settings;
    this.launcher = launcher;
    this.group = new NioEventLoopGroup(1, new DefaultThreadFactory("local-lambda", true));
    this.loop = group.next();
    this.service =
        new FunctionService(settings, launcher, loop, new ResidentMemory(Path.of("/proc")));
    ServiceToken secret = ServiceToken.random();
    Path file = settings.directories().token();
    this.token = new Secret.StoredFile(file.toString());
    ChannelFuture bound =
        LoopbackServer.bind(
                loop,
                settings.port(),
                AccessCheck.Credential.bearer(secret),
                () -> new InvokeApi(service))
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
    try {
      secret.write(file); // not before the port is ours: the token may be another service's
    } catch (IOException e) {
      channel.close().awaitUninterruptibly();
      var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw e;
    }
  }

  /**
   * Starts the service; workers are started on demand, or by {@link #warm}.
   *
   * @throws IOException if the function does not exist, a directory cannot be written, or the port
   *     is in use; the message says which
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

  /** The URI of the Invoke API, to set as the endpoint override of an AWS client. */
  public URI endpoint() {
    return URI.create("http://" + LoopbackServer.HOST + ":" + LoopbackServer.port(channel));
  }

  /**
   * The token that invocations must have as {@code Authorization: Bearer TOKEN}, in a file that
   * only this user can read. It is new in every service, and its file is deleted with it.
   */
  public Secret token() {
    return token;
  }

  /**
   * Starts workers in parallel until there are {@code workers}, and waits until they are
   * initialised.
   *
   * @param workers the number of workers to have, at most the reserved concurrency
   * @throws IOException if one of them exits, or is not initialised in time; the message shows the
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

  /** Number of workers started so far. */
  public int workersStarted() {
    return CompletableFuture.supplyAsync(service::started, loop).join();
  }

  /** Kills the workers; pending invocations fail with a service error. */
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
      deleteToken();
      var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private void deleteToken() {
    try {
      Files.deleteIfExists(settings.directories().token());
    } catch (IOException e) {
      // it is of no use without the service
    }
  }
}
