package dev.drey.job.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where processes accept TCP connections, from Linux's /proc. */
final class Listening {

  private static final String STATE = "0A";
  private static final int WORD = 4;

  private Listening() {}

  /** The addresses on which a process and its descendants listen; those that have ended, none. */
  static List<InetAddress> addresses(ProcessHandle process) throws IOException {
    List<InetAddress> addresses = new ArrayList<>();
    for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      Path proc = Path.of("/proc", String.valueOf(each.pid()));
      Set<String> sockets = sockets(proc.resolve("fd"));
      for (String table : List.of("net/tcp", "net/tcp6")) {
        addresses.addAll(addresses(proc.resolve(table), sockets));
      }
    }
    return addresses;
  }

  private static List<InetAddress> addresses(Path table, Set<String> sockets) throws IOException {
    List<InetAddress> addresses = new ArrayList<>();
    if (!Files.exists(table)) {
      return addresses;
    }
    for (String line : Files.readAllLines(table)) {
      // Number, local address and port, remote ones, state, ..., inode.
      String[] fields = line.trim().split("\\s+", -1);
      if (fields[3].equals(STATE) && sockets.contains("socket:[" + fields[9] + "]")) {
        addresses.add(address(fields[1].substring(0, fields[1].indexOf(':'))));
      }
    }
    return addresses;
  }

  /** Words of four bytes are in the processor's order. */
  private static InetAddress address(String digits) throws IOException {
    byte[] words = HexFormat.of().parseHex(digits);
    byte[] bytes = new byte[words.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = words[i - i % WORD + WORD - 1 - i % WORD];
    }
    return InetAddress.getByAddress(bytes);
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> files = Files.list(descriptors)) {
      for (Path file : files.toList()) {
        try {
          sockets.add(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
          // it was closed since
        }
      }
    } catch (IOException e) {
      return Set.of(); // the process has ended
    }
    return sockets;
  }
}
