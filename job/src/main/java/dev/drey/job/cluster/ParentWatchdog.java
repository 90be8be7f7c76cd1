package dev.drey.job.cluster;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs a main class, and halts when standard input ends. The other end of that pipe belongs to the
 * parent process, so no process of a cluster outlives its parent, however the parent ends.
 *
 * <p>It runs without Drey's jars, so it must not use other classes of this project.
 */
final class ParentWatchdog {

  private ParentWatchdog() {}

  /**
   * Runs the main class.
   *
   * @param args the main class, then its arguments
   */
  public static void main(String[] args) throws Exception {
    Thread watch = new Thread(ParentWatchdog::haltWhenInputEnds, "orphan-watch");
    watch.setDaemon(true);
    watch.start();
    String[] own = Arrays.copyOfRange(args, 1, args.length);
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) own);
  }

  private static void haltWhenInputEnds() {
    try {
      while (System.in.read() >= 0) {
        // the parent never writes
      }
    } catch (IOException e) {
      // a broken pipe means that the parent has ended
    }
    Runtime.getRuntime().halt(0);
  }
}
