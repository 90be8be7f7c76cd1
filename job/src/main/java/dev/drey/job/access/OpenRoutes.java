package dev.drey.job.access;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.QueryStringDecoder;

/**
 * What everyone on this machine may read: the pages of the web UI, and the state and metrics of
 * jobs. A route that is not listed needs the token, as those that show JVM options, configurations,
 * logs or stack traces, or that run code ({@code GET /jars/ID/plan}).
 */
final class OpenRoutes {

  private static final String ID = "[0-9a-f]{1,64}";

  /** Of a TaskManager; a colon may be encoded. */
  private static final String NAME = "(?:[A-Za-z0-9._:-]|%3[Aa])+";

  private static final List<Pattern> OPEN =
      List.of(
          Pattern.compile("/"),
          Pattern.compile(
              "/(?:assets/(?:[\\w-]+/)*)?[\\w-]+(?:\\.[\\w-]+)*"
                  + "\\.(?:html|js|css|ico|png|svg|ttf|woff2?|txt)"),
          Pattern.compile("/(?:config|overview)"),
          Pattern.compile("/applications/overview"),
          Pattern.compile("/applications/" + ID + "(?:/exceptions)?"),
          Pattern.compile("/jobs(?:/overview|/metrics)?"),
          Pattern.compile("/jobs/" + ID),
          Pattern.compile(
              "/jobs/"
                  + ID
                  + "/(?:accumulators|exceptions|metrics|plan|resource-requirements|status)"),
          Pattern.compile("/jobs/" + ID + "/(?:checkpoints|rescales|vertices)(?:/[\\w-]+)*"),
          Pattern.compile("/jobmanager/metrics"),
          Pattern.compile("/taskmanagers(?:/metrics)?"),
          Pattern.compile("/taskmanagers/" + NAME + "(?:/metrics)?"));

  private OpenRoutes() {}

  /**
   * Whether a route is open to reading.
   *
   * @param path not decoded; only a plain one is open
   */
  static boolean contain(String path) {
    return OPEN.stream().anyMatch(route -> route.matcher(path).matches());
  }

  /**
   * Whether a route ends a job although its method is GET, as Flink has them for YARN's proxy. A
   * browser sends such a request for a picture or a link.
   */
  static boolean endByReading(String path) {
    return QueryStringDecoder.decodeComponent(path).contains("/yarn-");
  }
}
