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
 * One execution environment: a worker's process with the invocation it works on. It lives from the
 * start of the process to its end; an environment whose worker died is not used again. Confined to
 * the event loop.
 */
final class Environment {

  /**
   * The limit of a worker's start, before it begins to use up the invocation's timeout. Lambda's is
   * 10 s; this machine may be far busier than Lambda's.
   */
  private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

  private static final int SHOWN_LINES = 15;

  /** Who decides what environments do. Called on the event loop. */
  interface Owner {
    /** The worker may have another invocation. */
    void free(Environment environment);

    /**
     * The worker is not to be used again.
     *
     * @param untouched an invocation that it had been given but not taken, or null
     */
    void gone(Environment environment, @Nullable Invocation untouched);
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

  private Assignment.@Nullable WorkCall call;
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

  /** Completed when the worker first asks for work; fails if it never gets there. */
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

  /** Gives it an invocation, to be taken when the worker asks. It must have none. */
  void assign(Invocation invocation) {
    current = new Assignment(invocation, log, nanoTime);
    if (ready.isDone()) {
      timer.start(limits.timeout(), this::timedOut);
    }
    deliver();
  }

  /** The worker asks for work. */
  void asked(Assignment.WorkCall open) {
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

  /** The worker's call for work broke off. */
  void hungUp(Assignment.WorkCall open) {
    if (call == open) {
      call = null;
    }
  }

  private void deliver() {
    if (current != null && call != null && !current.isTaken()) {
      Assignment.WorkCall open = call;
      call = null;
      lastId = current.requestId();
      current.take(open, limits.timeout());
    }
  }

  /**
   * The worker is done with its invocation.
   *
   * @param body its answer, or its error; passes into this method's ownership
   * @return whether the invocation is one that this worker had
   */
  boolean answered(String requestId, ByteBuf body, boolean thrown, int maxBytes) {
    if (current == null || !current.isTaken() || !current.requestId().equals(requestId)) {
      body.release();
      // The runtime reports an error of its own after one of its answers was turned down.
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
    owner.free(this);
    return true;
  }

  /** The worker's handler could not be loaded; its process ends next. */
  void initFailed(ByteBuf error) {
    String text = error.toString(StandardCharsets.UTF_8);
    end("failed to start: " + text, Reply.thrown(error));
  }

  /** Measures the worker's memory while it works, and ends it if it has more than it may. */
  void watch() {
    if (current != null && current.isTaken()) {
      process.measure();
      if (process.peakKilobytes() > limits.memoryMb() * 1024L) {
        Reply killed = Reply.exited(current.requestId(), "signal: killed");
        end("used " + process.peakKilobytes() / 1024 + " MB", killed);
      }
    }
  }

  /** Ends it for good. */
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
    Invocation untouched = null;
    if (current != null && (current.isTaken() || !ready.isDone())) {
      finish(current, reply, "error", current.millis());
    } else {
      untouched = current == null ? null : current.invocation();
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
      // it was only read from
    }
    owner.gone(this, untouched);
  }

  private void finish(Assignment finished, Reply reply, String status, double millis) {
    timer.stop();
    current = null;
    long usedMb = process.peakKilobytes() / 1024;
    finished.finish(
        reply,
        new Report(finished.requestId(), millis, init.report(), limits.memoryMb(), usedMb, status));
  }
}
