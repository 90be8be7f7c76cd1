package dev.drey.job.specification.key;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A section that may be written as the value of its most important key.
 *
 * @param key of the section
 */
public record Shorthand<R, S>(Section<R> section, Key<R, S> key) implements Type<R> {

  @Override
  public Optional<R> read(Yaml yaml, Reading reading) {
    if (!(yaml instanceof Yaml.Text)) {
      return section.read(yaml, reading);
    }
    Map<String, Yaml> entries = new LinkedHashMap<>();
    entries.put(key.name(), yaml);
    return section.read(new Yaml.Mapping(yaml.place(), entries), reading);
  }

  @Override
  public Object write(R value) {
    return section.write(value);
  }

  @Override
  public String expects() {
    return key.type().expects() + ", or " + section.expects();
  }

  @Override
  public void visit(String path, KeyVisitor visitor) {
    section.visit(path, visitor);
  }
}
