package dev.drey.job.specification.key;

import java.util.Optional;

/**
 * One of two sections, distinguished by a key that only the second has.
 *
 * @param marker the name of that key
 */
public record EitherSection<T>(Kind<? extends T> usual, Kind<? extends T> other, String marker)
    implements Type<T> {

  /**
   * One of them.
   *
   * @param meaning for the reference page, to follow the name of the section's key; may be empty
   */
  public record Kind<C>(Class<C> type, Section<C> section, String meaning) {

    private Object write(Object value) {
      return section.write(type.cast(value));
    }
  }

  @Override
  public Optional<T> read(Yaml yaml, Reading reading) {
    boolean marked = yaml instanceof Yaml.Mapping m && m.entries().containsKey(marker);
    return (marked ? other : usual).section().read(yaml, reading).map(value -> value);
  }

  @Override
  public Object write(T value) {
    return (other.type().isInstance(value) ? other : usual).write(value);
  }

  @Override
  public String expects() {
    return usual.section().expects() + "; or " + other.section().expects();
  }

  @Override
  public void visit(String path, KeyVisitor visitor) {
    usual.section().visit(path, visitor);
    other.section().visit(path, visitor);
  }
}
