package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/drey, in a checkout of stand-ins: its java prints what it is given, its mvn makes jars. */
class LauncherTest {

  private static final String JAVA =
      """
      #!/bin/bash
      if [[ $1 == -version ]]; then echo 'openjdk version "VERSION"' >&2; exit; fi
      printf 'argument %s\\n' "$@"
      echo "blas ${OPENBLAS_CORETYPE-unset} $OPENBLAS_NUM_THREADS $OMP_NUM_THREADS"
      exit 7
      """;

  private static final String MVN =
      """
      #!/bin/bash
      root=$(dirname "$3")
      mkdir -p "$root/job/target/lib" "$root/worker/target/function/lib" \
        "$root/deploy/cluster/kafka/target/lib" "$root/benchmarks/target"
      touch "$root/job/target/drey-job-1.jar" "$root/job/target/lib/flink-a.jar" \
        "$root/deploy/cluster/kafka/target/lib/a.jar" \
        "$root/worker/target/function/lib/a.jar" "$root/benchmarks/target/drey-benchmarks-1.jar"
      echo "$@"
      """;

  @TempDir private Path directory;
  private Path checkout;
  private Path tools;

  /** What a process said. */
  private record Said(int code, List<String> out, String err) {}

  @BeforeEach
  void layOutACheckout() throws IOException {
    checkout = directory.resolve("a checkout");
    tools = Files.createDirectory(directory.resolve("tools"));
    Files.createDirectories(checkout.resolve("bin"));
    Files.createDirectories(checkout.resolve("core/src/main"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.copy(Path.of("..", "bin", "drey"), checkout.resolve("bin/drey"));
    executable(checkout.resolve("bin/drey"), Files.readString(Path.of("..", "bin", "drey")));
    executable(tools.resolve("java"), JAVA.replace("VERSION", "17.0.1"));
    executable(tools.resolve("mvn"), MVN);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Said drey(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("PATH", tools + ":/usr/bin:/bin");
    environment.put("OPENBLAS_CORETYPE", "Haswell");
    environment.remove("JAVA_HOME");
    environment.remove("DREY_HEAP");
    Path err = directory.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), out.lines().toList(), Files.readString(err));
  }

  private Said drey(String... arguments) throws IOException, InterruptedException {
    return drey(checkout.resolve("bin/drey"), arguments);
  }

  @Test
  void itBuildsThenRunsJavaWithTheArguments() throws Exception {
    Said said = drey("train", "my spec.yaml");

    assertThat(said.err()).startsWith("building Drey (first time, ");
    assertThat(said.code()).isEqualTo(7); // the program's own
    assertThat(said.out())
        .contains(
            "argument -Xmx2g",
            "argument --add-opens=java.base/java.util=ALL-UNNAMED",
            "argument -Ddrey.home=" + checkout,
            "argument -Ddrey.terminal=false",
            "argument " + checkout + "/job/target/lib/*",
            "blas unset 1 1")
        .containsSubsequence(
            "argument dev.drey.job.cli.Drey", "argument train", "argument my spec.yaml");
    assertThat(checkout.resolve("target/build.log")).content().contains("package");
  }

  @Test
  void whatIsBuiltIsNotBuiltAgainUntilASourceChanges() throws Exception {
    drey("version");
    Said again = drey("version");
    Path source = Files.writeString(checkout.resolve("core/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    Said changed = drey("version");

    assertThat(again.err()).isEmpty();
    assertThat(changed.err()).isEqualTo("building Drey (a source has changed) ...\n");
  }

  @Test
  void itFindsItsCheckoutThroughASymlink() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("d"), checkout.resolve("bin/drey"));

    assertThat(drey(link, "version").out()).contains("argument -Ddrey.home=" + checkout);
  }

  @Test
  void benchRunsTheBenchmarks() throws Exception {
    List<String> out = drey("bench", "loop", "--json").out();

    assertThat(out)
        .containsSubsequence(
            "argument dev.drey.benchmarks.Benchmarks", "argument loop", "argument --json")
        .doesNotContain("argument bench");
    assertThat(out).anyMatch(line -> line.contains("/benchmarks/target/drey-benchmarks-1.jar:"));
  }

  @Test
  void aFailedBuildShowsItsErrors() throws Exception {
    executable(
        tools.resolve("mvn"), "#!/bin/bash\necho '[INFO] a'\necho '[ERROR] no such'\nexit 1\n");

    Said said = drey("version");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err())
        .contains("[ERROR] no such\n")
        .doesNotContain("[INFO]")
        .endsWith("all of its output is in " + checkout + "/target/build.log\n");
    assertThat(said.out()).isEmpty();
  }

  @Test
  void anOldJavaIsRefused() throws Exception {
    executable(tools.resolve("java"), JAVA.replace("VERSION", "11.0.2"));

    Said said = drey("version");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).isEqualTo("drey: java is version 11, must be 17 or later\n");
  }
}
