package dev.drey.job.specification.key;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One of several records, distinguished by name: {@code adam: {beta1: 0.8}}, or the bare name if
 * every key has a default.
 */
public final class Union<T> implements Type<T> {

  private final List<Case<? extends T>> cases;

  /**
   * One of the records.
   *
   * @param name as the text has it
   * @param meaning one sentence without a full stop, for the reference page; empty for none
   */
  public record Case<C>(String name, Class<C> type, Section<C> section, String meaning) {

    /** A case without a meaning: the page shows only its keys. */
    public Case(String name, Class<C> type, Section<C> section) {
      this(name, type, section, "");
    }

    private Map<String, Object> write(Object value) {
      return section.write(type.cast(value));
    }
  }

  /**
   * Cases for all kinds of a sealed interface.
   *
   * @throws IllegalArgumentException if a kind has no case; the message names it
   */
  public Union(Class<T> family, List<Case<? extends T>> cases) {
    this(family, Set.of(), cases);
  }

  /**
   * Cases for the kinds of a sealed interface, except some that are written in another way.
   *
   * @throws IllegalArgumentException if another kind has no case; the message names it
   */
  public Union(
      Class<T> family, Set<Class<? extends T>> writtenOtherwise, List<Case<? extends T>> cases) {
    this.cases = List.copyOf(cases);
    Set<Class<?>> written = new HashSet<>(writtenOtherwise);
    cases.forEach(each -> written.add(each.type()));
    for (Class<?> kind : family.getPermittedSubclasses()) {
      if (!written.contains(kind)) {
        throw new IllegalArgumentException("a specification cannot have " + kind.getName());
      }
    }
  }

  @Override
  public Optional<T> read(Yaml yaml, Reading reading) {
    if (yaml instanceof Yaml.Text text) {
      return named(text.text())
          .<Optional<T>>map(found -> read(found, Yaml.Mapping.empty(yaml.place()), reading))
          .orElseGet(() -> refuse(yaml.place(), yaml.shown(), reading));
    }
    if (yaml instanceof Yaml.Mapping mapping && mapping.entries().size() == 1) {
      Map.Entry<String, Yaml> entry = mapping.entries().entrySet().iterator().next();
      Place place = entry.getValue().place();
      Yaml body =
          entry.getValue() instanceof Yaml.Nothing ? Yaml.Mapping.empty(place) : entry.getValue();
      return named(entry.getKey())
          .<Optional<T>>map(found -> read(found, body, reading))
          .orElseGet(() -> refuse(place, '"' + entry.getKey() + '"', reading));
    }
    String shown =
        yaml instanceof Yaml.Mapping mapping
            ? "a mapping with " + mapping.entries().size() + " keys"
            : yaml.shown();
    return refuse(yaml.place(), shown, reading);
  }

  private Optional<Case<? extends T>> named(String name) {
    return cases.stream().filter(c -> c.name().equals(name)).findFirst().map(c -> c);
  }

  private static <T, C extends T> Optional<T> read(Case<C> found, Yaml body, Reading reading) {
    return found.section().read(body, reading).map(value -> value);
  }

  private Optional<T> refuse(Place place, String shown, Reading reading) {
    reading.fault(place, "is " + shown + ", must be " + expects());
    return Optional.empty();
  }

  @Override
  public Object write(T value) {
    for (Case<? extends T> candidate : cases) {
      if (candidate.type().isInstance(value)) {
        Map<String, Object> body = candidate.write(value);
        return body.isEmpty() ? candidate.name() : Map.of(candidate.name(), body);
      }
    }
    throw new IllegalArgumentException(value + " has no name among " + names());
  }

  private String names() {
    return cases.stream().map(Case::name).collect(Collectors.joining(", "));
  }

  @Override
  public String expects() {
    return "one of " + names();
  }

  @Override
  public void visit(String path, KeyVisitor visitor) {
    for (Case<? extends T> each : cases) {
      String inner = path + "." + each.name();
      visitor.alternative(inner, each.meaning());
      each.section().visit(inner, visitor);
    }
  }
}
