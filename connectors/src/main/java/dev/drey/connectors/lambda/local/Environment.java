package dev.drey.connectors.lambda.local;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
  private final LongSupplier nanoTime;
  private final Owner owner;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final InitTime init;
  private final LoopTimer timer;
  private final WorkerProcess process;

  private Assignment.@Nullable NextCall call;
  private @Nullable Assignment current;
  private String lastId = "";
  private boolean over;

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
    this.nanoTime = nanoTime;
    this.owner = owner;
    this.init = new InitTime(nanoTime);
    this.timer = new LoopTimer(loop);
    this.process = new WorkerProcess(memory);
    timer.start(INIT_LIMIT.plus(limits.timeout()), this::initTimedOut);
  }

  /** Completes when the worker first polls for an invocation; fails if it ends before. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  void listening(Channel channel) {
    process.listening(channel);
  }

  void started(Process started) {
    process.started(started, status -> loop.execute(() -> exited(status)));
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
      timer.start(limits.timeout(), this::timedOut);
    }
    deliver();
  }

  /** The worker polls for its next invocation. */
  void nextCallOpened(Assignment.NextCall open) {
    call = open;
    if (!ready.isDone()) {
      init.end();
      timer.stop();
      process.measure();
      ready.complete(null);
      if (current != null) {
        timer.start(limits.timeout(), this::timedOut);
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
      process.measure();
      if (process.peakMegabytes() > limits.memoryMb()) {
        Reply killed = Reply.exited(current.requestId(), "signal: killed");
        end("used " + process.peakMegabytes() + " MB", killed);
      }
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
    timer.stop();
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
    process.end();
    try {
      log.close();
    } catch (IOException e) {
      // the file was only read
    }
    owner.ended(this, undelivered);
  }

  private void finish(Assignment finished, Reply reply, String status, double millis) {
    timer.stop();
    current = null;
    long usedMb = process.peakMegabytes();
    finished.finish(
        reply,
        new Report(finished.requestId(), millis, init.report(), limits.memoryMb(), usedMb, status));
  }
}
