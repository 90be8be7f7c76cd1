package dev.drey.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker lives for many steps: what a step takes, the next one must find again. */
final class FlatMemoryITCase {

  private static final Path CACHE = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));

  /**
   * All pages of the heap are there from the start, and the compiler that takes megabytes for
   * minutes is not used, so that what grows is what ND4J or a layer would not free: 0.5 MB was
   * seen. One array of 16 examples and 64 values lost at each of the 4,000 steps that count would
   * be 16 MB.
   */
  private static final long BOUND_KILOBYTES = 8 * 1024;

  private static final List<String> FLAGS =
      List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");

  static Stream<String> networks() {
    return MemoryProbe.NETWORKS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theProcessDoesNotGrowOverFiveThousandSteps(String network) throws Exception {
    List<String> flags = Stream.concat(FLAGS.stream(), Stream.of("-Dnetwork=" + network)).toList();
    try (ChildJvm child = new ChildJvm(CACHE, flags, Map.of(), MemoryProbe.class)) {
      long grown =
          child
              .output()
              .lines()
              .filter(line -> line.startsWith(MemoryProbe.RESULT))
              .mapToLong(line -> Long.parseLong(line.substring(MemoryProbe.RESULT.length())))
              .findFirst()
              .orElseThrow();

      assertThat(grown).isLessThan(BOUND_KILOBYTES);
    }
  }
}
