package dev.drey.job.specification.key;

import java.util.Optional;

/** A value that may be left out. */
public record Maybe<T>(Type<T> type) implements Type<Optional<T>> {

  @Override
  public Optional<Optional<T>> read(Yaml yaml, Reading reading) {
    Optional<T> value = type.read(yaml, reading);
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }

  /**
   * Writes a value that is present.
   *
   * @throws java.util.NoSuchElementException if it is absent; a section leaves the key out instead
   */
  @Override
  public Object write(Optional<T> value) {
    return type.write(value.orElseThrow());
  }

  @Override
  public String expects() {
    return type.expects();
  }

  @Override
  public void visit(String path, KeyVisitor visitor) {
    type.visit(path, visitor);
  }
}
