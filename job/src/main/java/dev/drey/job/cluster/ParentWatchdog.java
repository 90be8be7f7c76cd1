package dev.drey.job.cluster;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs a main class until standard input ends. The other end of that pipe belongs to the process
 * that started this one, so no part of a cluster outlives it, however it ends.
 *
 * <p>It runs without Drey's jars: it may use nothing else of this project.
 */
final class ParentWatchdog {

  private ParentWatchdog() {}

  /**
   * Runs it.
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
        // nothing is ever sent
      }
    } catch (IOException e) {
      // a broken pipe is an ended one
    }
    Runtime.getRuntime().halt(0);
  }
}
