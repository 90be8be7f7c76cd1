package dev.drey.connectors.lambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.connectors.store.ExchangeDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No worker outlives the process that started it, however that ends. */
@Timeout(600)
final class OrphanITCase {

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void workersAndTheirExchangeDirectoryAreGoneAfterAKillOfTheirService(boolean busy)
      throws Exception {
    Process service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Service.class.getName(),
                root.toString(),
                String.valueOf(busy))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = service.inputReader(StandardCharsets.UTF_8)) {
      Path exchange = Path.of(out.readLine());
      assertThat(out.readLine()).isEqualTo("ready");
      List<ProcessHandle> workers = service.children().toList();
      assertThat(workers).hasSize(2);
      assertThat(exchange.resolve("weights/w")).exists();

      service.destroyForcibly();

      for (ProcessHandle worker : workers) {
        worker.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(worker.isAlive()).isFalse();
      }
      assertThat(exchange).doesNotExist();
    } finally {
      service.destroyForcibly();
    }
  }

  /** Has two workers, one of them busy or none, and waits to be killed. */
  static final class Service {

    private Service() {}

    public static void main(String[] args) throws Exception {
      Path root = Path.of(args[0]);
      ExchangeDirectory exchange = ExchangeDirectory.create(root, 1);
      Files.writeString(Path.of(exchange.weights()).resolve("w"), "weights");
      System.out.println(exchange.root());
      LocalLambdaSettings settings =
          FunctionPackage.testing(
              root, new LocalLambdaSettings.Limits(256, Duration.ofMinutes(5), 2));
      LocalLambda lambda =
          LocalLambda.open(
              new LocalLambdaSettings(
                  settings.function(),
                  settings.limits(),
                  settings.process(),
                  new LocalLambdaSettings.Directories(
                      root.resolve("run"), root.resolve("cache"), exchange.root()),
                  0));
      lambda.warm(2);
      HttpClient client = HttpClient.newHttpClient();
      if (Boolean.parseBoolean(args[1])) {
        var unused = client.sendAsync(sleep(lambda), HttpResponse.BodyHandlers.ofString());
      }
      client.send(pid(lambda), HttpResponse.BodyHandlers.ofString());
      System.out.println("ready");
      while (root.isAbsolute() || !root.isAbsolute()) {
        LockSupport.parkNanos(Duration.ofHours(1).toNanos());
      }
    }

    private static HttpRequest sleep(LocalLambda lambda) throws IOException {
      return request(lambda, "{\"do\":\"sleep\",\"n\":200000}");
    }

    private static HttpRequest pid(LocalLambda lambda) throws IOException {
      return request(lambda, "{\"do\":\"pid\",\"n\":0}");
    }

    private static HttpRequest request(LocalLambda lambda, String json) throws IOException {
      return HttpRequest.newBuilder(
              lambda.endpoint().resolve("/2015-03-31/functions/testing/invocations"))
          .version(HttpClient.Version.HTTP_1_1)
          .header("Authorization", "Bearer " + lambda.token().read())
          .POST(HttpRequest.BodyPublishers.ofString(json))
          .build();
    }
  }
}
