package dev.drey.job.specification.key;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * YAML bytes to a tree and back. Only plain YAML is taken: no anchors, aliases or tags, one
 * document, at most {@value #MAX_BYTES} bytes, {@value #MAX_DEPTH} levels.
 */
public final class YamlText {

  public static final int MAX_BYTES = 1 << 20;

  static final int MAX_DEPTH = 20;

  private YamlText() {}

  /**
   * Reads a document.
   *
   * @throws SpecificationException if it is too long, not UTF-8, not YAML, or not plain
   */
  public static Yaml parse(byte[] bytes) throws SpecificationException {
    return parse(bytes, Place.TOP);
  }

  /**
   * The tree with another value at a dotted key.
   *
   * @param key as {@code training.epochs}; missing parts are added
   * @param text the value as YAML
   * @throws SpecificationException if the value is not plain YAML, or a part of the key has a value
   *     that is not a mapping
   */
  public static Yaml override(Yaml tree, String key, String text) throws SpecificationException {
    return override(tree, key, Place.TOP.key(key, 0), text);
  }

  private static Yaml override(Yaml tree, String rest, Place place, String text)
      throws SpecificationException {
    if (rest.isEmpty()) {
      return parse(text.getBytes(StandardCharsets.UTF_8), place);
    }
    if (!(tree instanceof Yaml.Mapping mapping)) {
      throw refused(place, "cannot be set, " + tree.place().path() + " is " + tree.shown());
    }
    int dot = rest.indexOf('.');
    String name = dot < 0 ? rest : rest.substring(0, dot);
    String inner = dot < 0 ? "" : rest.substring(dot + 1);
    Yaml old =
        mapping.entries().getOrDefault(name, Yaml.Mapping.empty(mapping.place().key(name, 0)));
    Map<String, Yaml> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(name, override(old, inner, place, text));
    return new Yaml.Mapping(mapping.place(), entries);
  }

  private static Yaml parse(byte[] bytes, Place place) throws SpecificationException {
    if (bytes.length > MAX_BYTES) {
      throw refused(place, "has " + bytes.length + " bytes, may have at most " + MAX_BYTES);
    }
    org.yaml.snakeyaml.Yaml yaml = new org.yaml.snakeyaml.Yaml(options());
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int depth = 0;
      for (Event event : yaml.parse(new StringReader(text))) {
        refuseWhatIsNotPlain(event, place);
        depth += event instanceof CollectionStartEvent ? 1 : 0;
        depth -= event instanceof CollectionEndEvent ? 1 : 0;
        if (depth > MAX_DEPTH) { // before a tree of that depth is built
          throw refused(place, "is nested deeper than " + MAX_DEPTH + " levels");
        }
      }
      Node node = yaml.compose(new StringReader(text));
      List<Fault> faults = new ArrayList<>();
      Yaml tree = node == null ? new Yaml.Nothing(place) : tree(node, place, place, faults);
      if (!faults.isEmpty()) {
        throw new SpecificationException(faults);
      }
      return tree;
    } catch (CharacterCodingException e) {
      throw refused(place, "is not UTF-8 text");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw refused(new Place(place.path(), line), "is not YAML: " + problem(e));
    } catch (YAMLException e) {
      throw refused(place, "is not YAML: " + e.getMessage());
    }
  }

  private static String problem(MarkedYAMLException e) {
    return (e.getContext() == null ? "" : e.getContext() + ", ") + e.getProblem();
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setMaxAliasesForCollections(0);
    return options;
  }

  private static void refuseWhatIsNotPlain(Event event, Place place) throws SpecificationException {
    Place at = new Place(place.path(), event.getStartMark().getLine() + 1);
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor() != null)) {
      throw refused(at, "has an anchor or alias, write the value out");
    }
    String tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : event instanceof CollectionStartEvent start ? start.getTag() : null;
    if (tag != null) {
      throw refused(at, "has the tag " + tag + ", leave it out");
    }
  }

  private static Yaml tree(Node node, Place place, Place top, List<Fault> faults) {
    if (node instanceof SequenceNode sequence) {
      List<Yaml> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(tree(item, place.item(items.size(), line(item, top)), top, faults));
      }
      return new Yaml.Items(place, items);
    }
    if (node instanceof MappingNode mapping) {
      Map<String, Yaml> entries = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "?";
        Place at = place.key(key, line(tuple.getKeyNode(), top));
        if (entries.put(key, tree(tuple.getValueNode(), at, top, faults)) != null) {
          faults.add(new Fault(at, "is given twice, may be given once"));
        }
      }
      return new Yaml.Mapping(place, entries);
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar.getTag().equals(Tag.NULL)
        ? new Yaml.Nothing(place)
        : new Yaml.Text(place, scalar.getValue());
  }

  private static int line(Node node, Place top) {
    return top.path().isEmpty() ? node.getStartMark().getLine() + 1 : 0;
  }

  private static SpecificationException refused(Place place, String problem) {
    return new SpecificationException(List.of(new Fault(place, problem)));
  }

  /** Writes maps, lists, strings and numbers as YAML, each key on a line of its own. */
  public static String write(Object tree) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(100);
    return new org.yaml.snakeyaml.Yaml(new ShortLists(options), options).dump(tree);
  }

  /** Lists of words and numbers stay on one line. */
  private static final class ShortLists extends Representer {

    ShortLists(DumperOptions options) {
      super(options);
    }

    @Override
    protected Node representSequence(
        Tag tag, Iterable<?> sequence, DumperOptions.FlowStyle flowStyle) {
      boolean flat = true;
      for (Object item : sequence) {
        flat &= !(item instanceof Map<?, ?>) && !(item instanceof List<?>);
      }
      return super.representSequence(
          tag, sequence, flat ? DumperOptions.FlowStyle.FLOW : DumperOptions.FlowStyle.BLOCK);
    }
  }
}
