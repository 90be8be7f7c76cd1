package dev.drey.connectors.lambda.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * AWS's runtime for Java functions, unpacked into a run directory. Its native library is unpacked
 * here once; otherwise every worker would write it to the same path in /tmp.
 */
final class FunctionRuntime {

  private static final String CLIENT = "aws-lambda-java-runtime-interface-client.jar";
  private static final List<String> JARS =
      List.of(
          CLIENT,
          "aws-lambda-java-core.jar",
          "aws-lambda-java-serialization.jar",
          "utils-lite.jar");

  private final Path directory;
  private final Path nativeClient;

  private FunctionRuntime(Path directory, Path nativeClient) {
    this.directory = directory;
    this.nativeClient = nativeClient;
  }

  /**
   * Unpacks the runtime.
   *
   * @param run the run directory
   */
  static FunctionRuntime unpack(Path run) throws IOException {
    Path directory = Files.createDirectories(run.toAbsolutePath().resolve("runtime"));
    for (String jar : JARS) {
      copy("runtime/" + jar, directory.resolve(jar));
    }
    String watch = OrphanWatch.class.getName().replace('.', '/') + ".class";
    Path target = directory.resolve("classes").resolve(watch);
    Files.createDirectories(directory.resolve("classes").resolve(watch).getParent());
    copy(OrphanWatch.class.getSimpleName() + ".class", target);
    Files.createDirectories(directory.resolve("tmp"));
    return new FunctionRuntime(directory, unpackNativeClient(directory));
  }

  private static void copy(String resource, Path target) throws IOException {
    try (InputStream in = FunctionRuntime.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("this build lacks " + resource + " of the function runtime");
      }
      replace(in, target);
    }
  }

  /**
   * Replaces by renaming, since a worker of an earlier service may still have the old file open.
   */
  private static void replace(InputStream in, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path unpackNativeClient(Path directory) throws IOException {
    String processor =
        System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("aarch64")
            ? "aarch_64"
            : "x86_64";
    String name = "libaws-lambda-jni.linux-" + processor + ".so";
    Path target = directory.resolve(name);
    try (ZipFile jar = new ZipFile(directory.resolve(CLIENT).toFile())) {
      ZipEntry entry = jar.getEntry("jni/" + name);
      if (entry == null) {
        throw new IOException(CLIENT + " has no jni/" + name);
      }
      try (InputStream in = jar.getInputStream(entry)) {
        replace(in, target);
      }
    }
    return target;
  }

  Path nativeClient() {
    return nativeClient;
  }

  Path temporaryDirectory() {
    return directory.resolve("tmp");
  }

  List<Path> classPath() {
    return Stream.concat(
            JARS.stream().map(directory::resolve), Stream.of(directory.resolve("classes")))
        .toList();
  }
}
