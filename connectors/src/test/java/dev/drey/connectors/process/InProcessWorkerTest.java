package dev.drey.connectors.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.connectors.store.JobStores;
import dev.drey.connectors.transport.Requests;
import dev.drey.connectors.transport.TestingHandler;
import dev.drey.connectors.transport.TransportSettings;
import dev.drey.core.blob.Blob;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkHandler;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class InProcessWorkerTest {

  @TempDir Path root;

  @Test
  void aRequestIsAnsweredByTheHandlerFromTheSameBytes() throws Exception {
    float[] values = {1, 2, 3, 4, 5, 6};
    try (GradientWorker worker = worker(TestingHandler::new, 1)) {
      Blob.Reference weights = JobStores.open(root.toUri()).put("v1", values);
      WorkResult result =
          worker
              .compute(Requests.of("run", Work.Kind.GRADIENT, Requests.weights(1, 6, weights)))
              .get(30, TimeUnit.SECONDS);

      assertThat(result.values()).containsExactly(values);
      assertThat(result.bill()).isEqualTo(new Bill(2, false)); // the clock below ticks 1.5 ms
    }
  }

  @Test
  void everyThreadHasAHandlerOfItsOwn() throws Exception {
    Queue<WorkHandler> made = new ConcurrentLinkedQueue<>();
    CountDownLatch both = new CountDownLatch(2);
    Supplier<WorkHandler> handlers =
        () -> {
          TestingHandler answering = new TestingHandler();
          WorkHandler handler =
              message -> {
                both.countDown();
                await(both);
                return answering.handle(message);
              };
          made.add(handler);
          return handler;
        };
    try (GradientWorker worker = worker(handlers, 2)) {
      CompletableFuture<WorkResult> first = worker.compute(small("run"));
      CompletableFuture<WorkResult> second = worker.compute(small("run"));
      CompletableFuture<WorkResult> third = worker.compute(small("run"));

      CompletableFuture.allOf(first, second, third).get(30, TimeUnit.SECONDS);
      assertThat(made).hasSize(2);
    }
  }

  @Test
  void aRefusalAndAnExceptionAreToldApart() throws Exception {
    assertFails(small("refuse"), Kind.BAD_DATA, "refused as asked");
    assertFails(small("fail"), Kind.FAILED, "failed as asked");
  }

  @Test
  void aLeaseThatIsOverIsNotServed() throws Exception {
    WorkRequest late = Requests.of("run", Work.Kind.GRADIENT, small("run").weights(), 0);

    assertFails(late, Kind.TIMED_OUT, "the lease ended");
  }

  @Test
  void aClosedWorkerIsUnavailable() throws Exception {
    GradientWorker worker = worker(TestingHandler::new, 1);
    worker.close();

    assertThatThrownBy(() -> worker.compute(small("run")).get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            WorkerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  @Test
  void callsInFlightAndCallsThatWaitForAThreadEndWhenTheWorkerCloses() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    WorkHandler stuck =
        message -> {
          working.countDown();
          await(over);
          return message;
        };
    List<CompletableFuture<WorkResult>> calls;
    try (GradientWorker worker = worker(() -> stuck, 1)) {
      calls = List.of(worker.compute(small("run")), worker.compute(small("run")));
      await(working);
    }
    over.countDown();

    for (CompletableFuture<WorkResult> call : calls) {
      assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              WorkerException.class, e -> assertThat(e.kind()).isIn(Kind.UNAVAILABLE, Kind.FAILED));
    }
  }

  private void assertFails(WorkRequest request, Kind kind, String message) throws IOException {
    try (GradientWorker worker = worker(TestingHandler::new, 1)) {
      assertThatThrownBy(() -> worker.compute(request).get(30, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(WorkerException.class, e -> assertThat(e.kind()).isEqualTo(kind))
          .hasMessageContaining(message);
    }
  }

  private GradientWorker worker(Supplier<WorkHandler> handlers, int concurrency)
      throws IOException {
    AtomicLong ticks = new AtomicLong();
    return new InProcessWorker(
        handlers,
        getClass().getClassLoader(),
        concurrency,
        TransportSettings.shared(JobStores.create(root.resolve("results").toUri())),
        JobStores.open(root.toUri()),
        Clock.fixed(Instant.EPOCH.plusSeconds(1), ZoneOffset.UTC),
        () -> ticks.addAndGet(1_500_000));
  }

  private static WorkRequest small(String run) {
    return Requests.of(
        run, Work.Kind.GRADIENT, Requests.weights(1, 6, Blob.Inline.of(new byte[24])));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
