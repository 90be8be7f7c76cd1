package dev.drey.connectors.lambda.local;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment: a worker process with its current invocation. It lives as long as the
 * process and is never reused after the process died. Confined to the event loop.
 */
final class Environment {

  /**
   * Longest initialisation of a worker, before the invocation's timeout applies. Lambda's limit is
   * 10 s; a local machine may be far more loaded.
   */
  private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

  private static final int SHOWN_LINES = 15;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Receives changes of an environment's state, on the event loop. */
  interface Owner {
    /** The worker finished its invocation and may get another. */
    void becameFree(Environment environment);

    /**
     * The environment ended for good.
     *
     * @param undelivered an invocation that was assigned but not delivered to the worker, or null
     */
    void ended(Environment environment, @Nullable Invocation undelivered);
  }

  private final LocalLambdaSettings.Limits limits;
  private final WorkerLog log;
  private final EventLoop loop;
  private final ResidentMemory memory;
  private final LongSupplier nanoTime;
  private final Owner owner;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final long startNanos;

  private @Nullable Channel api;
  private @Nullable Process process;
  private Assignment.@Nullable NextCall call;
  private @Nullable Assignment current;
  private @Nullable ScheduledFuture<?> timer;
  private String lastId = "";
  private boolean initBilled;
  private boolean over;
  private double initMillis;
  private long usedKb;

  Environment(
      LocalLambdaSettings.Limits limits,
      WorkerLog log,
      EventLoop loop,
      ResidentMemory memory,
      LongSupplier nanoTime,
      Owner owner) {
    this.limits = limits;
    this.log = log;
    this.loop = loop;
    this.memory = memory;
    this.nanoTime = nanoTime;
    this.owner = owner;
    this.startNanos = nanoTime.getAsLong();
    startTimer(INIT_LIMIT.plus(limits.timeout()), this::initTimedOut);
  }

  /** Completes when the worker first polls for an invocation; fails if it ends before. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  void listening(Channel channel) {
    api = channel;
    if (over) {
      var unused = channel.close();
    }
  }

  void started(Process started) {
    process = started;
    if (over) {
      started.destroyForcibly();
    } else {
      var unused = started.onExit().thenAccept(p -> loop.execute(() -> exited(p.exitValue())));
    }
  }

  void couldNotStart(Throwable cause) {
    end("could not be started: " + cause.getMessage(), Reply.unavailable(cause.toString()));
  }

  /**
   * Assigns an invocation, delivered at the worker's next poll. There must be no other assignment.
   */
  void assign(Invocation invocation) {
    current = new Assignment(invocation, log, nanoTime);
    if (ready.isDone()) {
      startTimer(limits.timeout(), this::timedOut);
    }
    deliver();
  }

  /** The worker polls for its next invocation. */
  void nextCallOpened(Assignment.NextCall open) {
    call = open;
    if (!ready.isDone()) {
      initMillis = millisSinceStart();
      stopTimer();
      measure();
      ready.complete(null);
      if (current != null) {
        startTimer(limits.timeout(), this::timedOut);
      }
    }
    deliver();
  }

  /** The connection of the worker's poll broke. */
  void nextCallBroken(Assignment.NextCall open) {
    if (call == open) {
      call = null;
    }
  }

  private void deliver() {
    if (current != null && call != null && !current.isDelivered()) {
      Assignment.NextCall open = call;
      call = null;
      lastId = current.requestId();
      current.deliver(open, limits.timeout());
    }
  }

  /**
   * The worker answered its invocation.
   *
   * @param body the response, or the error; this method takes ownership
   * @return whether the request id is that of an invocation delivered to this worker
   */
  boolean answered(String requestId, ByteBuf body, boolean thrown, int maxBytes) {
    if (current == null || !current.isDelivered() || !current.requestId().equals(requestId)) {
      body.release();
      // The runtime reports an error after its response was refused.
      return thrown && requestId.equals(lastId);
    }
    long bytes = body.readableBytes();
    if (bytes > maxBytes) {
      body.release();
      finish(current, Reply.responseTooLarge(bytes, maxBytes), "error", current.millis());
    } else {
      Reply reply = thrown ? Reply.thrown(body) : Reply.success(body);
      finish(current, reply, thrown ? "error" : "", current.millis());
    }
    owner.becameFree(this);
    return true;
  }

  /** The worker could not load its handler; its process will exit. */
  void initFailed(ByteBuf error) {
    String text = error.toString(StandardCharsets.UTF_8);
    end("failed to start: " + text, Reply.thrown(error));
  }

  /** Measures the worker's resident memory during an invocation, and kills it above the limit. */
  void watch() {
    if (current != null && current.isDelivered()) {
      measure();
      if (usedKb > limits.memoryMb() * 1024L) {
        Reply killed = Reply.exited(current.requestId(), "signal: killed");
        end("used " + usedKb / 1024 + " MB", killed);
      }
    }
  }

  private void measure() {
    if (process != null) {
      usedKb = Math.max(usedKb, memory.kilobytes(process.pid()));
    }
  }

  /** Kills the worker. */
  void close() {
    end("was closed", Reply.unavailable("the local Lambda service is closing"));
  }

  private void timedOut() {
    if (current != null) {
      double millis = (double) limits.timeout().toMillis();
      finish(current, Reply.timedOut(current.requestId(), millis / 1000.0), "timeout", millis);
    }
    end("timed out", Reply.unavailable("timed out"));
  }

  private void initTimedOut() {
    double seconds = INIT_LIMIT.plus(limits.timeout()).toMillis() / 1000.0;
    end("did not ask for work within " + seconds + " s", Reply.timedOut(currentId(), seconds));
  }

  private void exited(int status) {
    if (over) {
      return;
    }
    String how = ExitStatus.describe(status);
    if (ready.isDone()) {
      end("ended with " + how, Reply.exited(currentId(), how));
    } else {
      end("ended at its start with " + how, Reply.exited(currentId(), how + "; " + endOfLog()));
    }
  }

  private String currentId() {
    return current == null ? "" : current.requestId();
  }

  private String endOfLog() {
    return "its log " + log.file() + " ends:" + System.lineSeparator() + log.lastLines(SHOWN_LINES);
  }

  private void end(String why, Reply reply) {
    if (over) {
      reply.body().release();
      return;
    }
    over = true;
    stopTimer();
    Invocation undelivered = null;
    if (current != null && (current.isDelivered() || !ready.isDone())) {
      finish(current, reply, "error", current.millis());
    } else {
      undelivered = current == null ? null : current.invocation();
      current = null;
      reply.body().release();
    }
    if (!ready.isDone()) {
      ready.completeExceptionally(new IOException("a worker " + why + "; " + endOfLog()));
    }
    if (process != null) {
      process.destroyForcibly();
    }
    if (api != null) {
      var unused = api.close();
    }
    try {
      log.close();
    } catch (IOException e) {
      // the file was only read
    }
    owner.ended(this, undelivered);
  }

  private void finish(Assignment finished, Reply reply, String status, double millis) {
    stopTimer();
    current = null;
    String id = finished.requestId();
    double init = takeInitMillis();
    finished.finish(reply, new Report(id, millis, init, limits.memoryMb(), usedKb / 1024, status));
  }

  /**
   * A worker's initialisation is billed with its first invocation, even if it was started by
   * warm().
   */
  private double takeInitMillis() {
    if (initBilled) {
      return 0;
    }
    initBilled = true;
    return ready.isDone() ? initMillis : millisSinceStart();
  }

  private double millisSinceStart() {
    return (nanoTime.getAsLong() - startNanos) / NANOS_PER_MILLI;
  }

  private void startTimer(Duration delay, Runnable action) {
    stopTimer();
    timer = loop.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
