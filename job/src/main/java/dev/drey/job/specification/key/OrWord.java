package dev.drey.job.specification.key;

import java.util.Optional;

/**
 * A value, or a word for there being none.
 *
 * @param word "none", "auto"
 */
public record OrWord<T>(Type<T> type, String word) implements Type<Optional<T>> {

  @Override
  public Optional<Optional<T>> read(Yaml yaml, Reading reading) {
    if (yaml instanceof Yaml.Text text && text.text().equals(word)) {
      return Optional.of(Optional.empty());
    }
    Type<T> inner =
        type instanceof Scalar<T> scalar
            ? new Scalar<>(expects(), scalar.parser(), scalar.writer())
            : type;
    Optional<T> value = inner.read(yaml, reading);
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }

  @Override
  public Object write(Optional<T> value) {
    return value.map(type::write).orElse(word);
  }

  @Override
  public String expects() {
    return type.expects() + ", or " + word;
  }

  @Override
  public void visit(String path, KeyVisitor visitor) {
    type.visit(path, visitor);
  }
}
