package dev.drey.job.run;

import dev.drey.core.exchange.Store;
import dev.drey.core.worker.GradientWorker;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What a local run needs beside its specification. Tests inject faults here.
 *
 * @param function the worker's function: a directory with its jars in lib
 * @param handler the class of it that Lambda calls
 * @param nativeCache directory of the unpacked native libraries
 * @param classArchive of the function's classes, for a quick start; need not exist
 * @param workers applied to the workers that the specification asks for
 * @param store applied to the store that the specification asks for
 */
public record LocalSetup(
    Path function,
    String handler,
    Path nativeCache,
    Path classArchive,
    UnaryOperator<GradientWorker.Provider> workers,
    UnaryOperator<Store.Provider> store) {

  /** The name of the workers' function in the local Lambda service. */
  public static final String FUNCTION = "drey-worker";

  private static final String HANDLER = "dev.drey.worker.LambdaHandler";

  /**
   * The setup of a checkout that is built.
   *
   * @param home the checkout
   */
  public static LocalSetup of(Path home) {
    Path built = home.resolve("worker").resolve("target");
    return new LocalSetup(
        built.resolve("function"),
        HANDLER,
        built.resolve("native-cache"),
        built.resolve("classes-" + System.getProperty("java.vm.version") + ".jsa"),
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }
}
