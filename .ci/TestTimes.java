import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Where the time of the tests goes.
 *
 * <pre>
 * java .ci/TestTimes.java watch FILE COMMAND...  runs a Maven build, writes its slowest test classes
 * java .ci/TestTimes.java list [ROOT]            prints all tests that ran, sorted: compare with diff
 * </pre>
 *
 * <p>Nothing is asked of the tests. While the build runs, /proc is looked at: which process forks of
 * Surefire and Failsafe there are, what processes and threads appear below them, and how much
 * processor time each of these trees takes. Reports say how long a test class took, the time of the
 * report's file when it ended, so that every look belongs to the class that ran in that fork.
 *
 * <p>Needs Linux and a JDK 17, and nothing else.
 */
public final class TestTimes {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int CLASSES_SHOWN = 30;

  /** Of the user interface of /proc, on every Linux that runs a JDK 17. */
  private static final double TICKS_PER_SECOND = 100;

  /** A tree of processes that takes less than this share of one core is waiting for a clock. */
  private static final double IDLE_SHARE = 0.15;

  private static final Pattern FORK = Pattern.compile("surefirebooter-?[-\\w]*\\.jar");

  private TestTimes() {}

  public static void main(String[] arguments) throws Exception {
    List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "watch" -> System.exit(watch(Path.of(rest.get(0)), rest.subList(1, rest.size())));
      case "list" -> list(Path.of(rest.isEmpty() ? "." : rest.get(0)));
      default -> {
        System.err.println("usage: java .ci/TestTimes.java watch FILE COMMAND... | list [ROOT]");
        System.exit(2);
      }
    }
  }

  private static int watch(Path table, List<String> command) throws Exception {
    long start = System.currentTimeMillis();
    Process build = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(build::destroy));
    Observer observer = new Observer();
    Thread thread = new Thread(observer, "observer");
    thread.setDaemon(true);
    thread.start();
    int code = build.waitFor();
    observer.stop();
    thread.join();
    double seconds = (System.currentTimeMillis() - start) / 1000.0;
    List<Report> reports = Report.below(Path.of("."), start);
    try (PrintStream out = new PrintStream(Files.newOutputStream(table))) {
      new Table(out, observer).print(reports, seconds);
    }
    return code;
  }

  private static void list(Path root) throws Exception {
    Report.below(root, 0).stream()
        .flatMap(report -> report.tests().stream())
        .sorted()
        .forEach(System.out::println);
  }

  /** What a test class waits for that can be counted, each by the first look that finds it. */
  private enum Started {
    FLINK("Flinks"),
    BROKER("brokers"),
    WORKER("workers"),
    PROGRAM("other JVMs");

    private final String heading;

    Started(String heading) {
      this.heading = heading;
    }

    /** By the command line of a process below a fork. */
    static Started ofProcess(String commandLine) {
      if (!commandLine.contains("java")) {
        return null;
      }
      if (commandLine.contains(".OrphanWatch")) {
        return WORKER;
      }
      if (commandLine.contains(" kafka.Kafka")) {
        return BROKER;
      }
      return commandLine.contains("StandaloneSessionClusterEntrypoint")
              || commandLine.contains("TaskManagerRunner")
          ? FLINK
          : PROGRAM;
    }

    /** By the name of a thread of a fork, of which Linux keeps 15 characters. */
    static Started ofThread(String name) {
      return switch (name) {
        case "flink-scheduler" -> FLINK; // one per cluster in the process
        case "kafka-0-raft-io" -> BROKER; // one per broker in the process
        default -> null;
      };
    }
  }

  /**
   * One look at a fork.
   *
   * @param millis when, since the epoch
   * @param length since the look before, in seconds
   * @param processor time that the fork and all below it took since, in seconds
   * @param started what has appeared since
   */
  private record Look(long millis, double length, double processor, Map<Started, Integer> started) {
    boolean isIdle() {
      return processor < IDLE_SHARE * length;
    }
  }

  /** Looks at /proc until it is stopped. */
  private static final class Observer implements Runnable {
    private static final Path PROC = Path.of("/proc");

    private final Map<String, List<Look>> looks = new HashMap<>();
    private final Map<Long, Fork> forks = new HashMap<>();
    private final Set<Long> others = new HashSet<>();
    private volatile boolean stopped;

    void stop() {
      stopped = true;
    }

    /** Those at the fork of a test class while it ran. */
    List<Look> looks(Report report) {
      long began = report.ended() - Math.round(1000 * report.seconds());
      return looks.getOrDefault(report.jar(), List.of()).stream()
          .filter(look -> look.millis() > began && look.millis() <= report.ended())
          .toList();
    }

    @Override
    public void run() {
      while (!stopped) {
        try {
          look();
          Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private void look() {
      Map<Long, Stat> all = new HashMap<>();
      for (long id : numbers(PROC)) {
        Stat stat = Stat.read(PROC.resolve(String.valueOf(id)));
        if (stat != null) {
          all.put(id, stat);
        }
      }
      others.retainAll(all.keySet());
      forks.keySet().retainAll(all.keySet());
      for (long id : all.keySet()) {
        if (!others.contains(id) && !forks.containsKey(id)) {
          find(id);
        }
      }
      Map<Long, List<Long>> children = new HashMap<>();
      all.forEach((id, stat) -> children.computeIfAbsent(stat.parent(), p -> new ArrayList<>()).add(id));
      for (Fork fork : forks.values()) {
        looks.computeIfAbsent(fork.jar, jar -> new ArrayList<>()).add(fork.look(all, children));
      }
    }

    private void find(long id) {
      String commandLine = commandLine(id);
      Matcher matcher = FORK.matcher(commandLine);
      if (matcher.find() && !commandLine.startsWith("/bin/sh")) {
        forks.put(id, new Fork(id, matcher.group()));
      } else if (!commandLine.isEmpty()) {
        others.add(id);
      }
    }

    static String commandLine(long id) {
      return read(PROC.resolve(String.valueOf(id)).resolve("cmdline")).replace('\0', ' ');
    }

    static List<Long> numbers(Path directory) {
      try (Stream<Path> files = Files.list(directory)) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(name -> Character.isDigit(name.charAt(0)))
            .map(Long::valueOf)
            .toList();
      } catch (IOException | UncheckedIOException e) {
        return List.of(); // it has ended
      }
    }
  }

  /** A JVM that runs tests. */
  private static final class Fork {
    /** A process that has just been started may still have the command line of its parent. */
    private static final int LOOKS_UNTIL_NAMED = 2;

    private final long id;
    private final String jar;
    private final Map<Long, Integer> seen = new HashMap<>();
    private final Set<Long> threads = new HashSet<>();
    private long last = System.nanoTime();
    private long ticks;

    Fork(long id, String jar) {
      this.id = id;
      this.jar = jar;
    }

    Look look(Map<Long, Stat> all, Map<Long, List<Long>> children) {
      Map<Started, Integer> started = new HashMap<>();
      List<Long> tree = new ArrayList<>(List.of(id));
      for (int i = 0; i < tree.size(); i++) {
        tree.addAll(children.getOrDefault(tree.get(i), List.of()));
      }
      for (long process : tree.subList(1, tree.size())) {
        if (seen.merge(process, 1, Integer::sum) == LOOKS_UNTIL_NAMED) {
          count(started, Started.ofProcess(Observer.commandLine(process)));
        }
      }
      for (long thread : Observer.numbers(tasks())) {
        if (threads.add(thread)) {
          count(started, Started.ofThread(read(tasks().resolve(thread + "/comm")).strip()));
        }
      }
      // Those that have ended are in the ticks of who waited for them.
      long now = tree.stream().mapToLong(process -> all.get(process).ticks()).sum();
      double processor = Math.max(0, now - ticks) / TICKS_PER_SECOND;
      ticks = Math.max(ticks, now);
      long nanos = System.nanoTime();
      double length = (nanos - last) / 1e9;
      last = nanos;
      return new Look(System.currentTimeMillis(), length, processor, started);
    }

    private Path tasks() {
      return Observer.PROC.resolve(id + "/task");
    }

    private static void count(Map<Started, Integer> started, Started kind) {
      if (kind != null) {
        started.merge(kind, 1, Integer::sum);
      }
    }
  }

  /**
   * Of a process's stat file.
   *
   * @param ticks of the processor that it took, and those of its children that have ended
   */
  private record Stat(long parent, long ticks) {
    static Stat read(Path process) {
      String text = TestTimes.read(process.resolve("stat"));
      if (text.isEmpty()) {
        return null;
      }
      // The name in brackets may have spaces; the state follows it.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int field = 11; field < 15; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return new Stat(Long.parseLong(fields[1]), ticks);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  /**
   * What Surefire wrote about a test class.
   *
   * @param module its directory
   * @param ended when, in milliseconds since the epoch
   * @param jar that its fork was started with
   * @param tests by module, class and name
   */
  private record Report(
      String module, String name, double seconds, long ended, String jar, List<String> tests) {

    /** Those of all modules that are not older. */
    static List<Report> below(Path root, long since) throws Exception {
      List<Path> files;
      try (Stream<Path> all = Files.walk(root, 6)) {
        files =
            all.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                .filter(file -> file.getParent().endsWith("target/surefire-reports")
                    || file.getParent().endsWith("target/failsafe-reports"))
                .toList();
      }
      List<Report> reports = new ArrayList<>();
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toMillis() >= since) {
          reports.add(read(root, file));
        }
      }
      return reports;
    }

    private static Report read(Path root, Path file) throws Exception {
      Element suite =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getDocumentElement();
      String module = root.relativize(file.getParent().getParent().getParent()).toString();
      String name = suite.getAttribute("name");
      List<String> tests = new ArrayList<>();
      NodeList cases = suite.getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        boolean skipped = test.getElementsByTagName("skipped").getLength() > 0;
        tests.add(
            "%s %s %s%s"
                .formatted(
                    module,
                    test.getAttribute("classname"),
                    test.getAttribute("name").lines().findFirst().orElse(""),
                    skipped ? " (skipped)" : ""));
      }
      return new Report(
          module,
          name,
          Double.parseDouble(suite.getAttribute("time").replace(",", "")),
          Files.getLastModifiedTime(file).toMillis(),
          jar(suite),
          tests);
    }

    private static String jar(Element suite) {
      NodeList properties = suite.getElementsByTagName("property");
      for (int i = 0; i < properties.getLength(); i++) {
        Element property = (Element) properties.item(i);
        Matcher matcher = FORK.matcher(property.getAttribute("value"));
        if (property.getAttribute("name").equals("sun.java.command") && matcher.find()) {
          return matcher.group();
        }
      }
      return "";
    }
  }

  /** A row for each of the slowest classes, and for each module. */
  private record Table(PrintStream out, Observer observer) {

    void print(List<Report> reports, double seconds) {
      out.printf(Locale.ROOT, "%n%7s %7s %7s %6s", "seconds", "busy", "idle", "tests");
      for (Started started : Started.values()) {
        out.printf(" %10s", started.heading);
      }
      out.println("  test class");
      reports.stream()
          .sorted(Comparator.comparingDouble(Report::seconds).reversed())
          .limit(CLASSES_SHOWN)
          .forEach(report -> row(report.module() + " " + report.name(), List.of(report)));
      Map<String, List<Report>> modules = new LinkedHashMap<>();
      reports.forEach(r -> modules.computeIfAbsent(r.module(), m -> new ArrayList<>()).add(r));
      modules.forEach((module, ofModule) -> row("all of " + module, ofModule));
      row("all", reports);
      out.printf(
          Locale.ROOT,
          "%.0f s for the whole build. busy: seconds of processor time that a class took with all"
              + " processes below it;%nidle: seconds in which these took less than %.0f %% of one"
              + " core, so that it waited for a clock.%n",
          seconds,
          100 * IDLE_SHARE);
    }

    private void row(String name, List<Report> reports) {
      double seconds = 0;
      double busy = 0;
      double idle = 0;
      int tests = 0;
      Map<Started, Integer> started = new HashMap<>();
      for (Report report : reports) {
        seconds += report.seconds();
        tests += report.tests().size();
        for (Look look : observer.looks(report)) {
          busy += look.processor();
          idle += look.isIdle() ? look.length() : 0;
          look.started().forEach((kind, count) -> started.merge(kind, count, Integer::sum));
        }
      }
      out.printf(Locale.ROOT, "%7.1f %7.1f %7.1f %6d", seconds, busy, idle, tests);
      for (Started kind : Started.values()) {
        out.printf(" %10s", started.getOrDefault(kind, 0));
      }
      out.println("  " + name);
    }
  }
}
