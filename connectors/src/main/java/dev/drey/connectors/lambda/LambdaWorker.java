package dev.drey.connectors.lambda;

import dev.drey.connectors.secret.Secret;
import dev.drey.connectors.transport.OpenCalls;
import dev.drey.connectors.transport.Transport;
import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/**
 * Workers that are invocations of one Lambda function. A call makes one attempt, which ends when
 * the request's lease expires at the latest.
 */
public final class LambdaWorker implements GradientWorker {

  private static final int MOST_THREADS = 16;

  private final LambdaSettings settings;
  private final Clock clock;
  private final Store store;
  private final Transport transport;
  private final OpenCalls open = new OpenCalls();
  private final ExecutorService executor;
  private final NioEventLoopGroup loop;
  private final LambdaAsyncClient client;

  /**
   * Opens a client.
   *
   * @param store of the weights that requests refer to; closed with the worker
   * @throws IOException if the service's token cannot be read, or the store of results cannot be
   *     opened
   */
  public LambdaWorker(LambdaSettings settings, Store store, Clock clock) throws IOException {
    Secret secret = settings.token();
    String token = secret == null ? null : secret.read();
    this.settings = settings;
    this.clock = clock;
    this.store = store;
    this.transport = new Transport(settings.transport(), store);
    this.executor =
        Executors.newFixedThreadPool(
            Math.min(settings.concurrency(), MOST_THREADS),
            task -> {
              Thread thread = new Thread(task, "lambda-worker");
              thread.setDaemon(true);
              return thread;
            });
    this.loop = new NioEventLoopGroup(1, new DefaultThreadFactory("lambda-client", true));
    this.client = LambdaClients.open(settings, loop, executor, token);
    executor.execute(this::warmUp);
  }

  /**
   * Makes a dry-run call, which loads the client's classes and opens a connection while the job
   * starts; it saves about a second in the first real call. Failures are ignored here: the first
   * real call will report them.
   */
  private void warmUp() {
    var unused =
        client.invoke(
            r -> r.functionName(settings.functionName()).invocationType(InvocationType.DRY_RUN));
  }

  @Override
  public CompletableFuture<WorkResult> compute(WorkRequest request) {
    CompletableFuture<WorkResult> result = open.open();
    try {
      executor.execute(() -> call(request, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(OpenCalls.closed());
    }
    return result;
  }

  private void call(WorkRequest request, CompletableFuture<WorkResult> result) {
    if (result.isDone()) {
      return; // cancelled while it was queued
    }
    long start = clock.millis();
    try {
      CompletableFuture<InvokeResponse> call = client.invoke(invocation(request));
      var unusedAnswer =
          call.whenComplete((response, e) -> complete(request, response, e, start, result));
      var unusedCancellation =
          result.whenComplete(
              (value, e) -> {
                if (result.isCancelled()) {
                  call.cancel(true);
                }
              });
    } catch (Throwable e) { // the future must complete, or its caller waits forever
      result.completeExceptionally(CallFailure.of(e, 0));
    }
  }

  private InvokeRequest invocation(WorkRequest request) throws WorkerException {
    long left = request.lease() - clock.millis();
    if (left <= 0) {
      throw new WorkerException(
          WorkerException.Kind.TIMED_OUT,
          "the lease ended " + -left + " ms before the call",
          Bill.NOTHING,
          null);
    }
    return InvokeRequest.builder()
        .functionName(settings.functionName())
        .invocationType(InvocationType.REQUEST_RESPONSE)
        .logType(LogType.TAIL)
        .payload(SdkBytes.fromByteArrayUnsafe(transport.encode(request)))
        .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMillis(left)))
        .build();
  }

  private void complete(
      WorkRequest request,
      @Nullable InvokeResponse response,
      @Nullable Throwable failure,
      long start,
      CompletableFuture<WorkResult> result) {
    long millis = clock.millis() - start;
    try {
      if (response == null) {
        throw CallFailure.of(failure == null ? new IOException("no response") : failure, millis);
      }
      result.complete(read(request, response));
    } catch (Throwable e) { // the future must complete, or its caller waits forever
      result.completeExceptionally(CallFailure.of(e, millis));
    }
  }

  private WorkResult read(WorkRequest request, InvokeResponse response) throws WorkerException {
    Optional<Bill> bill = BillReader.read(response.logResult());
    byte[] payload =
        response.payload() == null ? new byte[0] : response.payload().asByteArrayUnsafe();
    if (response.functionError() != null) {
      throw FunctionFailure.of(payload, bill.orElse(Bill.NOTHING));
    }
    return transport.decode(request, payload, bill.orElse(null));
  }

  @Override
  public void close() {
    client.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    executor.shutdown();
    open.close();
    try (transport) {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens the client in the operator's process.
   *
   * @param settings which function is called, and how
   * @param store of the weights that requests reference
   */
  public record Provider(LambdaSettings settings, Store.Provider store)
      implements GradientWorker.Provider {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public GradientWorker open() throws IOException {
      return new LambdaWorker(settings, store.open(), Clock.systemUTC());
    }
  }
}
