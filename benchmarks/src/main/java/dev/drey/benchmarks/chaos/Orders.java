package dev.drey.benchmarks.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The faults to inject, as files of a directory that several processes share. The process that
 * deletes a file has claimed the fault, so that it happens once.
 *
 * @param directory where they lie
 */
record Orders(Path directory) {

  void give(InjectedFault fault) throws IOException {
    Files.createFile(directory.resolve(fault.name()));
  }

  /** Claims a fault of a site, if there is one. */
  Optional<InjectedFault> claim(InjectedFault.Site site) throws IOException {
    for (InjectedFault fault : InjectedFault.values()) {
      if (fault.site() == site && Files.deleteIfExists(directory.resolve(fault.name()))) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** Whether no process has claimed it yet. */
  boolean isOpen(InjectedFault fault) {
    return Files.exists(directory.resolve(fault.name()));
  }
}
