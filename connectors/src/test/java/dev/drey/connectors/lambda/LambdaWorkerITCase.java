package dev.drey.connectors.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.connectors.lambda.local.FunctionPackage;
import dev.drey.connectors.lambda.local.LocalLambda;
import dev.drey.connectors.lambda.local.LocalLambdaSettings;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.connectors.transport.Requests;
import dev.drey.connectors.transport.TestingHandler;
import dev.drey.connectors.transport.TransportSettings;
import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: AWS's client, the local service, AWS's runtime in a process, and back. */
@Timeout(600)
final class LambdaWorkerITCase {

  @TempDir static Path root;

  private static ExchangeDirectory exchange;
  private static LocalLambda lambda;

  @BeforeAll
  static void start() throws IOException {
    exchange = ExchangeDirectory.create(root.resolve("run"), 1 << 20);
    Path function =
        FunctionPackage.write(
            root.resolve("function"), TestingWorkFunction.class, TestingHandler.class);
    FunctionPackage.addLibraryOf(function, WorkRequest.class);
    FunctionPackage.addLibraryOf(function, ObjectMapper.class);
    FunctionPackage.addLibraryOf(function, JsonFactory.class);
    FunctionPackage.addLibraryOf(function, JsonProperty.class);
    lambda =
        LocalLambda.open(
            new LocalLambdaSettings(
                new LocalLambdaSettings.Function(
                    "drey", function, TestingWorkFunction.class.getName()),
                new LocalLambdaSettings.Limits(512, Duration.ofSeconds(30), 2),
                new LocalLambdaSettings.Launch(List.of(), Map.of()),
                new LocalLambdaSettings.Directories(
                    root.resolve("run"), root.resolve("cache"), exchange.root()),
                0));
  }

  @AfterAll
  static void stop() throws IOException {
    lambda.close();
    exchange.close();
  }

  @Test
  void weightsAndResultsGoByFileAndNoFileIsLeft() throws Exception {
    assertEchoes(TransportSettings.shared(exchange.results()), 1_200_000);
    assertThat(Path.of(exchange.results())).isEmptyDirectory();
  }

  @Test
  void weightsAndResultsGoInsideTheMessages() throws Exception {
    assertEchoes(TransportSettings.inline(), 500_000);
    assertEchoes(TransportSettings.inline(), 6);
  }

  private static void assertEchoes(TransportSettings transport, int count) throws Exception {
    float[] values = values(count);
    try (GradientWorker worker = worker(transport);
        Store store = store()) {
      WorkRequest request =
          Requests.of(
              "run", Work.Kind.GRADIENT, Requests.weights(4, count, store.put("v4", values)));

      WorkResult first = worker.compute(request).get(60, TimeUnit.SECONDS);
      WorkResult second = worker.compute(request).get(60, TimeUnit.SECONDS);

      assertThat(first.values()).isEqualTo(values);
      assertThat(second.values()).isEqualTo(values);
      assertThat(second.answer().version()).isEqualTo(4);
      assertThat(second.bill().billedMillis()).isPositive();
      assertThat(second.bill().coldStart()).isFalse();
    }
  }

  @Test
  void moreCallsThanTheFunctionsConcurrencyAreThrottled() throws Exception {
    try (GradientWorker worker = worker(TransportSettings.inline(), "drey", lambda.endpoint(), 8)) {
      List<CompletableFuture<WorkResult>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(worker.compute(small("run", 1_000)));
      }
      List<Kind> kinds = new ArrayList<>();
      for (CompletableFuture<WorkResult> call : calls) {
        call.exceptionally(
                e -> {
                  kinds.add(((WorkerException) e).kind());
                  return null;
                })
            .get(60, TimeUnit.SECONDS);
      }
      assertThat(kinds).isSubsetOf(Kind.THROTTLED).hasSizeLessThan(8);
    }
  }

  @Test
  void aRefusalAnExceptionAndADeathAreToldApart() throws Exception {
    assertFails(small("refuse", 6), Kind.BAD_DATA, "refused as asked");
    assertFails(small("fail", 6), Kind.FAILED, "failed as asked");
    assertFails(small("exit", 6), Kind.CRASHED, "exit status 9");
    assertFails(small("other-version", 6), Kind.BAD_ANSWER, "it has version 2, not 1");
  }

  private static void assertFails(WorkRequest request, Kind kind, String message) {
    try (GradientWorker worker = worker(TransportSettings.inline())) {
      assertThatThrownBy(() -> worker.compute(request).get(60, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              WorkerException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(kind);
                assertThat(e.bill().billedMillis()).isPositive();
              })
          .hasMessageContaining(message);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFunctionThatIsNotThereIsABadCall() throws Exception {
    try (GradientWorker worker =
        worker(TransportSettings.inline(), "another", lambda.endpoint(), 1)) {
      assertFails(worker, Kind.BAD_CALL, "another");
    }
  }

  @Test
  void aServiceThatIsNotThereIsUnavailable() throws Exception {
    try (GradientWorker worker =
        worker(TransportSettings.inline(), "drey", URI.create("http://127.0.0.1:9"), 1)) {
      assertFails(worker, Kind.UNAVAILABLE, "");
    }
  }

  private static void assertFails(GradientWorker worker, Kind kind, String message) {
    assertThatThrownBy(() -> worker.compute(small("run", 6)).get(60, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            WorkerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.bill()).isEqualTo(Bill.NOTHING);
            })
        .hasMessageContaining(message);
  }

  @Test
  void aLeaseThatIsOverIsNotEvenSent() throws Exception {
    int before = lambda.workersStarted();
    try (GradientWorker worker = worker(TransportSettings.inline())) {
      WorkRequest late = Requests.of("run", Work.Kind.GRADIENT, small("run", 6).weights(), 1);

      assertThatThrownBy(() -> worker.compute(late).get(60, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              WorkerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT));
    }
    assertThat(lambda.workersStarted()).isEqualTo(before);
  }

  @Test
  void aCallThatOutlivesItsLeaseIsATimeoutAndPaidFor() throws Exception {
    try (GradientWorker worker = worker(TransportSettings.inline())) {
      worker.compute(small("run", 6)).get(60, TimeUnit.SECONDS);
      WorkRequest slow =
          Requests.of(
              "outlive",
              Work.Kind.GRADIENT,
              small("outlive", 6).weights(),
              System.currentTimeMillis() + 2_000);

      assertThatThrownBy(() -> worker.compute(slow).get(60, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              WorkerException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT);
                assertThat(e.bill().billedMillis()).isPositive();
              });
    }
  }

  @Test
  void callsInFlightEndWhenTheWorkerCloses() throws Exception {
    List<CompletableFuture<WorkResult>> calls = new ArrayList<>();
    try (GradientWorker worker = worker(TransportSettings.inline())) {
      for (int i = 0; i < 5; i++) {
        calls.add(worker.compute(small("sleep", 6)));
      }
    }

    for (CompletableFuture<WorkResult> call : calls) {
      assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              WorkerException.class,
              e -> assertThat(e.kind()).isIn(Kind.UNAVAILABLE, Kind.THROTTLED));
    }
  }

  @Test
  void aCallThatIsGivenUpEndsAtOnce() throws Exception {
    try (GradientWorker worker = worker(TransportSettings.inline())) {
      CompletableFuture<WorkResult> call = worker.compute(small("run", 6));
      call.cancel(true);

      assertThat(call).isCancelled();
    }
  }

  private static WorkRequest small(String run, int count) {
    byte[] bytes = new byte[count * 4];
    return Requests.of(
        run,
        Work.Kind.GRADIENT,
        Requests.weights(1, count, Blob.Inline.of(bytes)),
        System.currentTimeMillis() + 60_000);
  }

  private static float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i * 0.25f;
    }
    return values;
  }

  private static Store store() throws IOException {
    return JobStores.open(exchange.weights());
  }

  private static GradientWorker worker(TransportSettings transport) throws IOException {
    return worker(transport, "drey", lambda.endpoint(), 2);
  }

  private static GradientWorker worker(
      TransportSettings transport, String function, URI endpoint, int concurrency)
      throws IOException {
    return new LambdaWorker.Provider(
            new LambdaSettings(
                function, "us-east-1", endpoint, lambda.token(), concurrency, transport),
            JobStores.provider(exchange.weights()))
        .open();
  }
}
