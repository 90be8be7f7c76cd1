package dev.drey.connectors.lambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerCommandTest {

  @TempDir Path root;

  private WorkerCommand command;

  @BeforeEach
  void settings() throws Exception {
    Path function = FunctionPackage.write(root.resolve("function"), TestingFunction.class);
    LocalLambdaSettings settings =
        new LocalLambdaSettings(
            new LocalLambdaSettings.Function("drey", function, "a.Handler"),
            new LocalLambdaSettings.Limits(512, Duration.ofSeconds(3), 1),
            new LocalLambdaSettings.Launch(List.of("-Xmx300m"), Map.of("MINE", "1")),
            new LocalLambdaSettings.Directories(
                root.resolve("run"), root.resolve("cache"), root.resolve("exchange")),
            0);
    command = new WorkerCommand(settings, FunctionRuntime.unpack(root.resolve("run")));
  }

  @Test
  void aWorkerRunsTheHandlerUnderAwssRuntimeWatchedByOurs() {
    List<String> line = command.commandLine();

    assertThat(line.get(0)).endsWith("/bin/java");
    assertThat(line).endsWith(OrphanWatch.class.getName(), "a.Handler");
    String classPath = line.get(line.indexOf("-cp") + 1);
    assertThat(classPath.split(":"))
        .startsWith(root.resolve("function/lib/function.jar").toString())
        .endsWith(root.resolve("run/runtime/classes").toString())
        .hasSize(6);
    assertThat(line)
        .contains("-Dorg.bytedeco.javacpp.cachedir=" + root.resolve("cache"))
        .contains("-Ddev.drey.exchange=" + root.resolve("exchange"));
  }

  @Test
  void theHeapIsHalfOfTheMemoryUnlessTheFlagsSayOtherwise() {
    List<String> line = command.commandLine();

    assertThat(line).contains("-Xmx256m", "-Xmx300m");
    assertThat(line.indexOf("-Xmx300m")).isGreaterThan(line.indexOf("-Xmx256m"));
  }

  @Test
  void theEnvironmentIsLambdasWithOneThreadPerLibrary() {
    Map<String, String> inherited = new HashMap<>();
    inherited.put("PATH", "/bin");
    inherited.put("OPENBLAS_CORETYPE", "Haswell");
    inherited.put("DNNL_MAX_CPU_ISA", "SSE41");
    inherited.put("OMP_NUM_THREADS", "8");

    inherited.put("LC_ALL", "C");

    assertThat(command.environment(inherited, "127.0.0.1:4711/secret"))
        .doesNotContainKeys("OPENBLAS_CORETYPE", "DNNL_MAX_CPU_ISA")
        .containsEntry("LC_ALL", "C")
        .containsEntry("PATH", "/bin")
        .containsEntry("OMP_NUM_THREADS", "1")
        .containsEntry("OPENBLAS_NUM_THREADS", "1")
        .containsEntry("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:4711/secret")
        .containsEntry("AWS_LAMBDA_FUNCTION_NAME", "drey")
        .containsEntry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .containsEntry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        .containsEntry("LAMBDA_TASK_ROOT", root.resolve("function").toString())
        .containsEntry("_HANDLER", "a.Handler")
        .containsEntry("MINE", "1");
  }

  @Test
  void variablesThatMayHoldCredentialsAreNotPassedOn() {
    Map<String, String> inherited = new HashMap<>();
    for (String name :
        List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_PROFILE",
            "AWS_EXECUTION_ENV",
            "KAFKA_PASSWORD",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "SSH_AUTH_SOCK",
            "DREY_FILES",
            "lc_all")) {
      inherited.put(name, "hunter2");
    }

    Map<String, String> environment = command.environment(inherited, "127.0.0.1:4711/secret");

    assertThat(environment).doesNotContainValue("hunter2");
  }

  @Test
  void argumentsWhichEveryoneCanSeeHaveNoToken() {
    assertThat(command.commandLine()).noneMatch(argument -> argument.contains("127.0.0.1"));
  }
}
