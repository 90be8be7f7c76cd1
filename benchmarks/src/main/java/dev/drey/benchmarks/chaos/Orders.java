package dev.drey.benchmarks.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Faults that are to happen, as files of a directory that several processes see. Who deletes a file
 * has claimed the fault, so that it happens once.
 *
 * @param directory where they lie
 */
record Orders(Path directory) {

  void give(InjectedFault fault) throws IOException {
    Files.createFile(directory.resolve(fault.name()));
  }

  /** Takes a fault of a site, if one is to happen. */
  Optional<InjectedFault> claim(InjectedFault.Site site) throws IOException {
    for (InjectedFault fault : InjectedFault.values()) {
      if (fault.site() == site && Files.deleteIfExists(directory.resolve(fault.name()))) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** Whether nobody has claimed it yet. */
  boolean isOpen(InjectedFault fault) {
    return Files.exists(directory.resolve(fault.name()));
  }
}
