package dev.drey.connectors.lambda.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The main class of a local worker process: runs AWS's runtime, and a thread that ends the process
 * when its standard input ends. Only the service's process holds the other end of that pipe, so the
 * operating system closes it however that process ends, including kill -9.
 *
 * <p>It is copied to the worker's class path without the other classes of its module, so it must
 * use the JDK and AWS's runtime only.
 */
public final class OrphanWatch {

  /** System property with a directory to delete when the service dies. */
  static final String EXCHANGE = "dev.drey.exchange";

  private static final String RUNTIME =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /**
   * Longest delay between the end of the service's socket and that of the pipe, when the service
   * dies.
   */
  private static final Duration LAG = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final CountDownLatch INPUT_ENDED = new CountDownLatch(1);

  private OrphanWatch() {}

  /**
   * Runs the function until the service ends.
   *
   * @param args the handler's class name
   */
  public static void main(String[] args) throws Throwable {
    Thread watch = new Thread(OrphanWatch::haltWhenInputEnds, "orphan-watch");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName(RUNTIME).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    } finally {
      // The runtime returns as soon as its socket breaks. If the service died, the watch thread
      // must clean up before this process ends.
      if (INPUT_ENDED.await(LAG.toMillis(), TimeUnit.MILLISECONDS)) {
        watch.join();
      }
    }
  }

  private static void haltWhenInputEnds() {
    try {
      while (System.in.read() >= 0) {
        // the service never writes to the pipe
      }
    } catch (IOException e) {
      // a broken pipe counts as ended
    }
    INPUT_ENDED.countDown();
    try {
      String exchange = System.getProperty(EXCHANGE);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (exchange != null && Files.exists(Path.of(exchange)) && System.nanoTime() < deadline) {
        deleteTree(Path.of(exchange));
      }
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  /** Ignores missing files, since other workers delete the same tree concurrently. */
  private static void deleteTree(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      Thread.onSpinWait();
    }
  }
}
