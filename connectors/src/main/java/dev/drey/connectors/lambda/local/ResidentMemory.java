package dev.drey.connectors.lambda.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the resident memory of processes from Linux's /proc. */
final class ResidentMemory {

  private static final int PAGE_KB = 4;

  private final Path proc;

  ResidentMemory(Path proc) {
    this.proc = proc;
  }

  /** Resident kilobytes of a process; 0 if it does not exist, or there is no /proc. */
  long kilobytes(long pid) {
    try {
      String statm = Files.readString(proc.resolve(pid + "/statm"), StandardCharsets.US_ASCII);
      String[] pages = statm.split(" ", 3);
      return pages.length < 2 ? 0 : Long.parseLong(pages[1]) * PAGE_KB;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
