package dev.drey.connectors.lambda.local;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs one function: assigns each invocation to an idle worker, or a new one, or rejects it as
 * throttled at the concurrency limit. Confined to the event loop.
 */
final class FunctionService implements Environment.Owner {

  private static final long WATCH_MILLIS = 50;

  private final LocalLambdaSettings settings;
  private final WorkerLauncher launcher;
  private final EventLoop loop;
  private final EnvironmentPool<Environment> pool;
  private final ResidentMemory memory;
  private int started;
  private boolean closed;

  FunctionService(
      LocalLambdaSettings settings,
      WorkerLauncher launcher,
      EventLoop loop,
      ResidentMemory memory) {
    this.settings = settings;
    this.launcher = launcher;
    this.loop = loop;
    this.memory = memory;
    this.pool = new EnvironmentPool<>(settings.limits().reservedConcurrency());
    var unused =
        loop.scheduleAtFixedRate(this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  String name() {
    return settings.function().name();
  }

  /** Number of workers started so far. */
  int started() {
    return started;
  }

  void invoke(Invocation invocation) {
    if (closed) {
      invocation.refuse(Reply.unavailable("the local Lambda service is closing"));
      return;
    }
    Environment idle = pool.takeIdle().orElse(null);
    if (idle != null) {
      idle.assign(invocation);
    } else if (pool.hasRoom()) {
      startBusy(invocation);
    } else {
      invocation.refuse(Reply.throttled());
    }
  }

  private void startBusy(Invocation invocation) {
    try {
      Environment environment = environment();
      pool.addBusy(environment);
      environment.assign(invocation);
      listen(environment, started);
    } catch (IOException e) {
      invocation.refuse(Reply.unavailable(e.toString()));
    }
  }

  /**
   * Starts workers until there are {@code workers}.
   *
   * @return completes when all of them are initialised
   */
  CompletableFuture<Void> warm(int workers) throws IOException {
    List<CompletableFuture<Void>> ready = new ArrayList<>();
    for (Environment environment : pool.all()) {
      ready.add(environment.ready());
    }
    while (ready.size() < workers) {
      Environment environment = environment();
      pool.addIdle(environment);
      ready.add(environment.ready());
      listen(environment, started);
    }
    return CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new));
  }

  private Environment environment() throws IOException {
    started++;
    WorkerLog log = new WorkerLog(launcher.logFile(started).toPath());
    return new Environment(settings.limits(), log, loop, memory, System::nanoTime, this);
  }

  private void listen(Environment environment, int number) {
    ServiceToken token = ServiceToken.random();
    ChannelFuture bound =
        LoopbackServer.bind(
            loop, 0, AccessCheck.Credential.path(token), () -> new RuntimeApi(environment));
    bound.addListener(
        done -> {
          if (done.isSuccess()) {
            launch(environment, number, bound.channel(), token);
          } else {
            environment.couldNotStart(done.cause());
          }
        });
  }

  private void launch(Environment environment, int number, Channel channel, ServiceToken token) {
    environment.listening(channel);
    String address = LoopbackServer.HOST + ":" + LoopbackServer.port(channel) + "/" + token.text();
    var unused =
        launcher
            .launch(number, address)
            .whenCompleteAsync(
                (process, failure) -> {
                  if (failure == null) {
                    environment.started(process);
                  } else {
                    environment.couldNotStart(failure);
                  }
                },
                loop);
  }

  @Override
  public void becameFree(Environment environment) {
    pool.release(environment);
  }

  @Override
  public void ended(Environment environment, @Nullable Invocation undelivered) {
    pool.remove(environment);
    if (undelivered != null) {
      invoke(undelivered);
    }
  }

  private void watch() {
    for (Environment environment : pool.all()) {
      environment.watch();
    }
  }

  void close() {
    closed = true;
    pool.all().forEach(Environment::close);
  }
}
