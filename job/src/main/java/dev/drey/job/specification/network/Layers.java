package dev.drey.job.specification.network;

import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Named;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Scalar;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import dev.drey.job.specification.key.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a layer is written: its kind as any {@link Union}, and beside it, optionally, its name, and
 * the name of the layer it reads from if that is not the one before: {@code {conv2d: {filters: 64},
 * name: stem, from: input}}.
 */
final class Layers implements Type<LayerSpec> {

  /** A reference to a layer by its name, or to the network's input. */
  static final Type<String> NAME =
      new Scalar<>(
          "the name of an earlier layer, or input",
          text -> Optional.of(text).filter(name -> Named.isName(name) || name.equals(Named.INPUT)),
          name -> name);

  private static final Type<String> OWN_NAME =
      new Scalar<>(
          "a letter, then up to 63 letters, digits, dashes or underscores, and not input",
          text -> Optional.of(text).filter(Named::isName),
          name -> name);

  private static final Type<LayerSpec> KIND =
      new Union<>(
          LayerSpec.class,
          Set.of(Named.class),
          Stream.of(BasicLayers.CASES, ImageLayers.CASES, SequenceLayers.CASES)
              .<Union.Case<? extends LayerSpec>>flatMap(List::stream)
              .toList());

  /** A layer's name, and the layer that it reads from. */
  private record Position(Optional<String> name, Optional<String> from) {}

  private static final Key<Position, Optional<String>> NAME_KEY =
      Key.of(
              "name",
              new Maybe<>(OWN_NAME),
              Position::name,
              "beside the kind: what `from` calls this layer, and its tensors in saved models")
          .orElse(Optional.empty(), "its number, from 0");

  private static final Key<Position, Optional<String>> FROM_KEY =
      Key.of(
              "from",
              new Maybe<>(NAME),
              Position::from,
              "beside the kind: the earlier layer whose output it takes, by name; input is the"
                  + " network's")
          .orElse(Optional.empty(), "the layer before");

  private static final Section<Position> POSITION =
      new Section<>(
          List.of(NAME_KEY, FROM_KEY),
          values -> new Position(values.get(NAME_KEY), values.get(FROM_KEY)));

  static final Type<LayerSpec> TYPE = new Layers();

  private Layers() {}

  @Override
  public Optional<LayerSpec> read(Yaml yaml, Reading reading) {
    if (!(yaml instanceof Yaml.Mapping mapping)) {
      return KIND.read(yaml, reading);
    }
    Map<String, Yaml> kind = new LinkedHashMap<>(mapping.entries());
    Map<String, Yaml> beside = new LinkedHashMap<>();
    for (Key<Position, ?> key : POSITION.keys()) {
      Yaml value = kind.remove(key.name());
      if (value != null) {
        beside.put(key.name(), value);
      }
    }
    Optional<LayerSpec> layer = KIND.read(new Yaml.Mapping(yaml.place(), kind), reading);
    Optional<Position> position = POSITION.read(new Yaml.Mapping(yaml.place(), beside), reading);
    return layer.flatMap(l -> position.map(p -> placed(l, p)));
  }

  private static LayerSpec placed(LayerSpec layer, Position position) {
    return position.name().isEmpty() && position.from().isEmpty()
        ? layer
        : new Named(position.name().orElse(null), position.from().orElse(null), layer);
  }

  @Override
  public Object write(LayerSpec layer) {
    if (!(layer instanceof Named named)) {
      return KIND.write(layer);
    }
    Map<String, Object> written = new LinkedHashMap<>();
    if (KIND.write(named.layer()) instanceof Map<?, ?> kind) {
      kind.forEach((name, keys) -> written.put(String.valueOf(name), keys));
    } else {
      written.put(named.layer().kind(), Map.of());
    }
    written.putAll(
        POSITION.write(
            new Position(Optional.ofNullable(named.name()), Optional.ofNullable(named.from()))));
    return written;
  }

  @Override
  public String expects() {
    return KIND.expects() + "; name and from may stand beside it";
  }

  @Override
  public void visit(String path, KeyVisitor visitor) {
    POSITION.visit(path, visitor);
    KIND.visit(path, visitor);
  }
}
