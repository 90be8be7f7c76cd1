package dev.drey.job.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java program to start as a process that ends with this process.
 *
 * @param flags of the JVM
 * @param classPath of the program; {@link ParentWatchdog} is added
 * @param main main class
 * @param arguments of the program
 * @param log file to which both output streams are appended
 */
record JavaProcess(
    List<String> flags, String classPath, String main, List<String> arguments, Path log) {

  private static final List<Class<?>> OWN_CLASSES =
      List.of(ParentWatchdog.class, LoopbackHttp.class);

  private static final String LOGGING = "conf/log4j2.properties";

  private static final String CONSOLE =
      """
      rootLogger.level = info
      rootLogger.appenderRef.console.ref = console
      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d{ISO8601} %-5level [%t] %c{1.} - %m%n
      """;

  JavaProcess {
    flags = List.copyOf(flags);
    arguments = List.copyOf(arguments);
  }

  /**
   * The class path of a directory of jars.
   *
   * @throws IOException if the directory does not exist
   */
  static String jars(Path lib) throws IOException {
    if (!Files.isDirectory(lib)) {
      throw new IOException("the cluster is not built: " + lib + " does not exist");
    }
    return lib + "/*";
  }

  /** The java executable of this JVM. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Starts the process.
   *
   * @param root working directory, see {@link #prepare}
   */
  Process start(Path root) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(flags);
    command.add("-XX:-UsePerfData"); // otherwise a kill leaves a file in /tmp
    command.add("-XX:+UseSerialGC");
    command.add("-Djava.io.tmpdir=" + root.resolve("tmp"));
    command.add("-Dlog4j2.configurationFile=" + root.resolve(LOGGING));
    command.addAll(List.of("-cp", classPath + ":" + root.resolve("classes")));
    command.add(ParentWatchdog.class.getName());
    command.add(main);
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(root.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /**
   * Creates the directories and files that every process needs.
   *
   * @param root gets tmp, logs, classes, and conf with a configuration of Log4j
   */
  static void prepare(Path root) throws IOException {
    Files.createDirectories(root.resolve("logs"));
    // Configurations have passwords, and temporary files what was uploaded.
    createPrivate(root.resolve("conf"));
    createPrivate(root.resolve("tmp"));
    Files.writeString(root.resolve(LOGGING), CONSOLE);
    for (Class<?> type : OWN_CLASSES) {
      Path target = root.resolve("classes").resolve(type.getName().replace('.', '/') + ".class");
      Files.createDirectories(target.getParent());
      try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
        if (in == null) {
          throw new IOException("this build lacks the class file of " + type.getName());
        }
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Creates a directory that only its owner can read. */
  static void createPrivate(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }
}
