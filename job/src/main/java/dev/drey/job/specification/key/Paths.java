package dev.drey.job.specification.key;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file or directory; a relative one starts from the specification's own directory. */
public final class Paths implements Type<Path> {

  private final boolean mustExist;
  private final String expected;

  private Paths(boolean mustExist, String expected) {
    this.mustExist = mustExist;
    this.expected = expected;
  }

  /** A file to read. */
  public static Type<Path> file() {
    return new Paths(true, "a file");
  }

  /** A directory, which is created if it does not exist. */
  public static Type<Path> directory() {
    return new Paths(false, "a directory");
  }

  /** A file or directory that need not exist. */
  public static Type<Path> any() {
    return new Paths(false, "a file or directory");
  }

  @Override
  public Optional<Path> read(Yaml yaml, Reading reading) {
    if (!(yaml instanceof Yaml.Text text) || text.text().isBlank()) {
      reading.fault(yaml.place(), "is " + yaml.shown() + ", must be " + expects());
      return Optional.empty();
    }
    try {
      Path path = reading.surroundings().directory().resolve(text.text()).normalize();
      if (mustExist && reading.surroundings().filesMustExist() && !Files.isRegularFile(path)) {
        reading.fault(
            yaml.place(),
            "is "
                + path
                + ", "
                + (Files.exists(path) ? "which is not a file" : "which does not exist"));
        return Optional.empty();
      }
      return Optional.of(path);
    } catch (InvalidPathException e) {
      reading.fault(yaml.place(), "is " + yaml.shown() + ", must be " + expects());
      return Optional.empty();
    }
  }

  @Override
  public Object write(Path value) {
    return value.toString();
  }

  @Override
  public String expects() {
    return expected;
  }
}
