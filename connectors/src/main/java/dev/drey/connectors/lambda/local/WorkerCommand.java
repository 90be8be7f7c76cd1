package dev.drey.connectors.lambda.local;

import dev.drey.core.protocol.Kernels;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the command line and environment of a worker process. */
final class WorkerCommand {

  private static final String JNI =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private final LocalLambdaSettings settings;
  private final FunctionRuntime runtime;
  private final String classPath;

  /**
   * Finds the function's jars.
   *
   * @throws IOException if its directory has no jars
   */
  WorkerCommand(LocalLambdaSettings settings, FunctionRuntime runtime) throws IOException {
    this.settings = settings;
    this.runtime = runtime;
    this.classPath = classPath(settings.function().directory(), runtime);
  }

  private static String classPath(Path function, FunctionRuntime runtime) throws IOException {
    Path lib = function.resolve("lib");
    List<Path> jars = List.of();
    if (Files.isDirectory(lib)) {
      try (Stream<Path> files = Files.list(lib)) {
        jars = files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
      }
    }
    if (jars.isEmpty()) {
      throw new IOException("function directory " + function + " has no jar in lib/");
    }
    return Stream.concat(jars.stream(), runtime.classPath().stream())
        .map(path -> path.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  List<String> commandLine() {
    LocalLambdaSettings.Directories directories = settings.directories();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(WorkerFlags.of(settings.limits().memoryMb(), directories.nativeCache()));
    command.add("-XX:ErrorFile=" + directories.run().toAbsolutePath().resolve("hs_err_%p.log"));
    command.add("-Djava.io.tmpdir=" + runtime.temporaryDirectory());
    command.add("-D" + JNI + "=" + runtime.nativeClient());
    Path exchange = directories.exchange();
    if (exchange != null) {
      command.add("-D" + OrphanWatch.EXCHANGE + "=" + exchange.toAbsolutePath());
    }
    command.addAll(settings.process().jvmFlags());
    command.add("-cp");
    command.add(classPath);
    command.add(OrphanWatch.class.getName());
    command.add(settings.function().handler());
    return command;
  }

  /**
   * The worker's environment variables.
   *
   * @param ours those of this process, of which the worker gets the {@link InheritedVariables}
   * @param runtimeApi address of the Runtime API for this worker
   */
  Map<String, String> environment(Map<String, String> ours, String runtimeApi) {
    Map<String, String> environment = new HashMap<>(InheritedVariables.of(ours));
    // Only the settings restrict kernels, not variables inherited from the shell.
    for (Kernels kernels : Kernels.values()) {
      kernels.environment().keySet().forEach(environment::remove);
    }
    // Parallelism comes from several workers, not from threads of their libraries.
    environment.put("OMP_NUM_THREADS", "1");
    environment.put("OPENBLAS_NUM_THREADS", "1");
    environment.put("AWS_REGION", "local");
    environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", settings.function().name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put(
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.limits().memoryMb()));
    environment.put(
        "LAMBDA_TASK_ROOT", settings.function().directory().toAbsolutePath().toString());
    environment.put("_HANDLER", settings.function().handler());
    environment.putAll(settings.process().environment());
    return environment;
  }
}
