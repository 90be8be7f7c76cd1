package dev.drey.connectors.lambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

@Timeout(600)
final class LocalLambdaITCase {

  /** Shared: a client that closes one of its own takes two seconds for it. */
  private static final NioEventLoopGroup LOOP = new NioEventLoopGroup(1);

  @TempDir Path root;

  @AfterAll
  static void stopLoop() {
    LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void aWarmWorkerIsUsedAgainAndOnlyItsFirstInvocationReportsItsStart() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 2));
        LambdaAsyncClient client = client(lambda)) {
      InvokeResponse first = invoke(client, "{\"do\":\"pid\",\"n\":0}").join();
      InvokeResponse second = invoke(client, "{\"do\":\"pid\",\"n\":0}").join();

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.functionError()).isNull();
      assertThat(first.executedVersion()).isEqualTo("$LATEST");
      assertThat(text(second)).isEqualTo(text(first)).matches("\\d+");
      assertThat(lambda.workersStarted()).isEqualTo(1);
      assertThat(log(first)).contains("Init Duration: ").contains("Memory Size: 256 MB");
      assertThat(log(second)).doesNotContain("Init Duration");
      // The first is billed with the start of a JVM.
      assertThat(billed(first)).isGreaterThan(20);
      assertThat(billed(second)).isPositive().isLessThan(billed(first));
    }
  }

  @Test
  void theLogTailHoldsWhatTheFunctionPrintedInThatInvocationOnly() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
        LambdaAsyncClient client = client(lambda)) {
      invoke(client, "{\"do\":\"print\",\"n\":11}").join();
      String log = log(invoke(client, "{\"do\":\"print\",\"n\":22}").join());

      assertThat(log).contains("printed 22").doesNotContain("printed 11");
      assertThat(log.lines().findFirst().orElseThrow()).startsWith("START RequestId: ");
      assertThat(log.lines().toList().get(3)).startsWith("REPORT RequestId: ");
    }
  }

  @Test
  void invocationsAtTheSameTimeGetAWorkerEachAndBeyondTheReservedConcurrencyThereIs429()
      throws Exception {
    LocalLambdaSettings settings = FunctionPackage.testing(root, 2);
    try (LocalLambda lambda = LocalLambda.open(settings);
        LambdaAsyncClient client = client(lambda)) {
      lambda.warm(2);
      Path hold = Files.createFile(settings.function().directory().resolve("hold-1"));
      List<CompletableFuture<InvokeResponse>> both =
          List.of(
              invoke(client, "{\"do\":\"hold\",\"n\":1}"),
              invoke(client, "{\"do\":\"hold\",\"n\":1}"));
      awaitLine(settings.directories().run().resolve("worker-1.log"), "holding");
      awaitLine(settings.directories().run().resolve("worker-2.log"), "holding");
      Set<String> pids = new HashSet<>();

      CompletableFuture<InvokeResponse> third = invoke(client, "{\"do\":\"pid\",\"n\":0}");

      assertThatThrownBy(third::join)
          .cause()
          .isInstanceOfSatisfying(
              TooManyRequestsException.class,
              e ->
                  assertThat(e.reasonAsString())
                      .isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded"));
      Files.delete(hold);
      both.forEach(f -> pids.add(text(f.join())));
      assertThat(pids).hasSize(2);
      assertThat(lambda.workersStarted()).isEqualTo(2);
    }
  }

  @Test
  void aTimeoutKillsTheWorkerAndIsBilledInFull() throws Exception {
    LocalLambdaSettings settings =
        FunctionPackage.testing(
            root, new LocalLambdaSettings.Limits(256, Duration.ofSeconds(2), 1));
    try (LocalLambda lambda = LocalLambda.open(settings);
        LambdaAsyncClient client = client(lambda)) {
      long pid = Long.parseLong(text(invoke(client, "{\"do\":\"pid\",\"n\":0}").join()));
      InvokeResponse late = invoke(client, "{\"do\":\"sleep\",\"n\":60000}").join();

      assertThat(late.functionError()).isEqualTo("Unhandled");
      assertThat(text(late)).contains("Task timed out after 2.00 seconds");
      assertThat(billed(late)).isEqualTo(2000);
      awaitGone(pid);
      assertThat(text(invoke(client, "{\"do\":\"pid\",\"n\":0}").join()))
          .isNotEqualTo(Long.toString(pid));
      assertThat(lambda.workersStarted()).isEqualTo(2);
    }
  }

  @Test
  void anExceptionIsReportedAsTheRuntimeDescribesItAndTheWorkerGoesOn() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
        LambdaAsyncClient client = client(lambda)) {
      InvokeResponse failed = invoke(client, "{\"do\":\"fail\",\"n\":7}").join();

      assertThat(failed.functionError()).isEqualTo("Unhandled");
      assertThat(text(failed))
          .contains("\"errorType\":\"java.lang.IllegalStateException\"")
          .contains("\"errorMessage\":\"failed as asked, 7\"")
          .contains("stackTrace");
      assertThat(billed(failed)).isPositive();
      assertThat(invoke(client, "{\"do\":\"pid\",\"n\":0}").join().functionError()).isNull();
      assertThat(lambda.workersStarted()).isEqualTo(1);
    }
  }

  @Test
  void aWorkerThatExitsFailsItsInvocationAtOnceAndIsReplaced() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
        LambdaAsyncClient client = client(lambda)) {
      lambda.warm(1);
      InvokeResponse exited = invoke(client, "{\"do\":\"exit\",\"n\":3}").join();

      // At once: it is not the function's timeout, of a minute, that ends it.
      assertThat(exited.functionError()).isEqualTo("Unhandled");
      assertThat(text(exited)).contains("Runtime.ExitError").contains("exit status 3");
      assertThat(invoke(client, "{\"do\":\"pid\",\"n\":0}").join().functionError()).isNull();
      assertThat(lambda.workersStarted()).isEqualTo(2);
    }
  }

  @Test
  void aWorkerKilledFromOutsideFailsItsInvocationAtOnce() throws Exception {
    LocalLambdaSettings settings =
        FunctionPackage.testing(
            root, new LocalLambdaSettings.Limits(256, Duration.ofMinutes(1), 1));
    try (LocalLambda lambda = LocalLambda.open(settings);
        LambdaAsyncClient client = client(lambda)) {
      long pid = Long.parseLong(text(invoke(client, "{\"do\":\"pid\",\"n\":0}").join()));
      CompletableFuture<InvokeResponse> sleeping = invoke(client, "{\"do\":\"sleep\",\"n\":50000}");
      awaitLine(settings.directories().run().resolve("worker-1.log"), "sleeping");
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      String answer = text(sleeping.orTimeout(60, TimeUnit.SECONDS).join());
      assertThat(answer).contains("signal: killed");
    }
  }

  @Test
  void memoryBeyondTheFunctionsSizeKillsTheWorker() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
        LambdaAsyncClient client = client(lambda)) {
      InvokeResponse killed = invoke(client, "{\"do\":\"native\",\"n\":0}").join();

      assertThat(killed.functionError()).isEqualTo("Unhandled");
      assertThat(text(killed)).contains("Runtime.ExitError").contains("signal: killed");
      assertThat(used(killed)).isGreaterThan(256);
    }
  }

  @Test
  void anExhaustedHeapIsReportedAndTheWorkerReplaced() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
        LambdaAsyncClient client = client(lambda)) {
      InvokeResponse exhausted = invoke(client, "{\"do\":\"heap\",\"n\":0}").join();

      assertThat(text(exhausted)).contains("java.lang.OutOfMemoryError");
      assertThat(invoke(client, "{\"do\":\"pid\",\"n\":0}").join().functionError()).isNull();
      assertThat(lambda.workersStarted()).isEqualTo(2);
    }
  }

  @Test
  void aRequestBeyondLambdasLimitIsRefused() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
        LambdaAsyncClient client = client(lambda)) {
      InvokeResponse largest = invoke(client, quoted(InvokeApi.MAX_PAYLOAD_BYTES)).join();

      assertThat(largest.payload().asByteArrayUnsafe()).hasSize(InvokeApi.MAX_PAYLOAD_BYTES);
      assertThatThrownBy(() -> invoke(client, quoted(InvokeApi.MAX_PAYLOAD_BYTES + 1)).join())
          .cause()
          .isInstanceOfSatisfying(
              LambdaException.class, e -> assertThat(e.statusCode()).isEqualTo(413))
          .hasMessageContaining("6291557");
    }
  }

  @Test
  void aResponseBeyondLambdasLimitIsAnErrorAndTheWorkerGoesOn() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
        LambdaAsyncClient client = client(lambda)) {
      InvokeResponse big = invoke(client, "{\"do\":\"big\",\"n\":6291557}").join();

      assertThat(big.functionError()).isEqualTo("Unhandled");
      assertThat(text(big)).contains("Function.ResponseSizeTooLarge").contains("6291557 bytes");
      assertThat(invoke(client, "{\"do\":\"big\",\"n\":6291556}").join().functionError()).isNull();
      assertThat(lambda.workersStarted()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownFunctionIsNotFound() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
        LambdaAsyncClient client = client(lambda)) {
      assertThatThrownBy(() -> client.invoke(r -> r.functionName("other")).join())
          .cause()
          .isInstanceOf(ResourceNotFoundException.class)
          .hasMessageContaining("other");
      assertThat(lambda.workersStarted()).isZero();
    }
  }

  @Test
  void aDryRunStartsNothing() throws Exception {
    try (LocalLambda lambda = LocalLambda.open(FunctionPackage.testing(root, 1));
        LambdaAsyncClient client = client(lambda)) {
      InvokeResponse dry =
          client
              .invoke(r -> r.functionName("testing").invocationType(InvocationType.DRY_RUN))
              .join();

      assertThat(dry.statusCode()).isEqualTo(204);
      assertThat(lambda.workersStarted()).isZero();
    }
  }

  @Test
  void aWorkerThatDiesAtItsStartShowsItsLog() throws Exception {
    LocalLambdaSettings good = FunctionPackage.testing(root, 1);
    LocalLambdaSettings bad =
        new LocalLambdaSettings(
            good.function(),
            good.limits(),
            new LocalLambdaSettings.Launch(List.of("-XX:NoSuchFlag"), Map.of()),
            good.directories(),
            0);
    try (LocalLambda lambda = LocalLambda.open(bad);
        LambdaAsyncClient client = client(lambda)) {
      assertThatThrownBy(() -> lambda.warm(1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Unrecognized VM option 'NoSuchFlag'");
      assertThat(text(invoke(client, "{\"do\":\"pid\",\"n\":0}").join()))
          .contains("Runtime.ExitError")
          .contains("exit status 1")
          .contains("NoSuchFlag");
    }
  }

  @Test
  void aHandlerThatIsNotThereIsNamed() throws Exception {
    LocalLambdaSettings good = FunctionPackage.testing(root, 1);
    LocalLambdaSettings bad =
        new LocalLambdaSettings(
            new LocalLambdaSettings.Function("testing", good.function().directory(), "no.Such"),
            good.limits(),
            good.process(),
            good.directories(),
            0);
    try (LocalLambda lambda = LocalLambda.open(bad);
        LambdaAsyncClient client = client(lambda)) {
      InvokeResponse failed = invoke(client, "{\"do\":\"pid\",\"n\":0}").join();

      assertThat(failed.functionError()).isEqualTo("Unhandled");
      assertThat(text(failed)).contains("no.Such");
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    LocalLambdaSettings settings = FunctionPackage.testing(root, 1);
    try (LocalLambda first = LocalLambda.open(settings)) {
      int port = first.endpoint().getPort();
      LocalLambdaSettings same =
          new LocalLambdaSettings(
              settings.function(),
              settings.limits(),
              settings.process(),
              settings.directories(),
              port);

      assertThatThrownBy(() -> LocalLambda.open(same))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void aFunctionWithoutJarsIsNamed() throws Exception {
    LocalLambdaSettings settings = FunctionPackage.testing(root, 1);
    Files.delete(settings.function().directory().resolve("lib/function.jar"));

    assertThatThrownBy(() -> LocalLambda.open(settings))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no jar in lib/");
  }

  @Test
  void closingWhileAWorkerIsBusyEndsItAndItsInvocation() throws Exception {
    LocalLambdaSettings settings =
        FunctionPackage.testing(
            root, new LocalLambdaSettings.Limits(256, Duration.ofMinutes(1), 2));
    List<Long> pids = new ArrayList<>();
    CompletableFuture<InvokeResponse> busy;
    LocalLambda lambda = LocalLambda.open(settings);
    try (LambdaAsyncClient client = client(lambda)) {
      pids.add(Long.parseLong(text(invoke(client, "{\"do\":\"pid\",\"n\":0}").join())));
      lambda.warm(2);
      busy = invoke(client, "{\"do\":\"sleep\",\"n\":50000}");
      ProcessHandle.current().children().map(ProcessHandle::pid).forEach(pids::add);
      lambda.close();
      assertThatThrownBy(() -> busy.orTimeout(60, TimeUnit.SECONDS).join())
          .isInstanceOf(CompletionException.class);
    }
    assertThat(pids).hasSizeGreaterThanOrEqualTo(2);
    for (long pid : pids) {
      awaitGone(pid);
    }
  }

  private static void awaitLine(Path log, String line) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Files.readString(log).contains(line)) {
      assertThat(System.nanoTime()).as("%s says \"%s\"", log, line).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static void awaitGone(long pid) {
    ProcessHandle.of(pid).ifPresent(p -> p.onExit().orTimeout(60, TimeUnit.SECONDS).join());
  }

  private static CompletableFuture<InvokeResponse> invoke(LambdaAsyncClient client, String json) {
    return invoke(client, json.getBytes(StandardCharsets.UTF_8));
  }

  private static CompletableFuture<InvokeResponse> invoke(LambdaAsyncClient client, byte[] json) {
    return client.invoke(
        r ->
            r.functionName("testing")
                .logType(LogType.TAIL)
                .payload(SdkBytes.fromByteArrayUnsafe(json)));
  }

  private static byte[] quoted(int bytes) {
    byte[] json = new byte[bytes];
    Arrays.fill(json, (byte) 'a');
    json[0] = '"';
    json[bytes - 1] = '"';
    return json;
  }

  private static String text(InvokeResponse response) {
    return response.payload().asUtf8String();
  }

  private static String log(InvokeResponse response) {
    return new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
  }

  private static long billed(InvokeResponse response) {
    return number(log(response), "Billed Duration: (\\d+) ms");
  }

  private static long used(InvokeResponse response) {
    return number(log(response), "Max Memory Used: (\\d+) MB");
  }

  private static long number(String log, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(log);
    assertThat(matcher.find()).as(log).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static LambdaAsyncClient client(LocalLambda lambda) throws IOException {
    String token = lambda.token().read();
    return LambdaAsyncClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(lambda.endpoint())
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(SdkEventLoopGroup.create(LOOP, NioSocketChannel::new)))
        .overrideConfiguration(
            c ->
                c.retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .putHeader("Authorization", "Bearer " + token))
        .build();
  }
}
