package dev.drey.core.network;

import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Named;
import dev.drey.core.layer.Tensor;
import dev.drey.core.parameters.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Resolves which layer reads from which, all shapes, and the place of each tensor in the flat
 * vector.
 */
final class Graph {

  private final List<Integer> input;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();
  private long parameters;

  private Graph(List<Integer> input) {
    this.input = input;
    names.put(Named.INPUT, Node.INPUT);
  }

  /**
   * The nodes in the order of the layers, each after all that it reads.
   *
   * @throws IllegalArgumentException if a layer cannot take what it reads, nobody reads what it
   *     gives, or there are more than {@link NetworkSpec#MAX_PARAMETERS} parameters; the message
   *     names the layer
   */
  static List<Node> of(List<Integer> input, List<LayerSpec> layers) {
    Graph graph = new Graph(input);
    for (int i = 0; i < layers.size(); i++) {
      LayerSpec layer = layers.get(i);
      try {
        graph.add(layer);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(title(i, layer) + e.getMessage(), e);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            title(i, layer) + "has more values than can be counted", e);
      }
    }
    graph.checkReaders(layers);
    return List.copyOf(graph.nodes);
  }

  /** An output that no layer reads would have no gradient. */
  private void checkReaders(List<LayerSpec> layers) {
    Set<Integer> read = new HashSet<>();
    for (Node node : nodes) {
      read.add(node.input());
      node.addend().ifPresent(read::add);
    }
    for (int i = 0; i < nodes.size() - 1; i++) {
      if (!read.contains(i)) {
        throw new IllegalArgumentException(
            title(i, layers.get(i)) + "nobody reads its output, and it is not the last layer");
      }
    }
  }

  private static String title(int index, LayerSpec layer) {
    String name = layer instanceof Named named && named.name() != null ? named.name() : null;
    return "layer " + index + (name == null ? ": " : " (" + name + "): ");
  }

  private void add(LayerSpec written) {
    int index = nodes.size();
    Named place = written instanceof Named named ? named : new Named(null, null, written);
    LayerSpec layer = place.layer();
    int from = place.from() == null ? index - 1 : named(place.from());
    List<Integer> shape = shape(from);
    if (layer.inputVocabulary().isPresent() && from != Node.INPUT) {
      throw new IllegalArgumentException(layer.kind() + ": must read the network's input");
    }
    List<Integer> output = layer.outputShape(shape);
    checkSize(layer, output);
    String name = place.name() == null ? String.valueOf(index) : place.name();
    nodes.add(
        new Node(
            index,
            name,
            layer,
            from,
            addend(layer, shape),
            shape,
            output,
            tensors(name, layer.tensors(shape))));
    if (place.name() != null && names.put(name, index) != null) {
      throw new IllegalArgumentException("there is another layer of the name " + name);
    }
  }

  private int named(String name) {
    Integer index = names.get(name);
    if (index == null) {
      throw new IllegalArgumentException("no earlier layer has the name \"" + name + '"');
    }
    return index;
  }

  private OptionalInt addend(LayerSpec layer, List<Integer> shape) {
    Optional<String> name = layer.secondInput();
    if (name.isEmpty()) {
      return OptionalInt.empty();
    }
    int index = named(name.get());
    if (!shape(index).equals(shape)) {
      throw new IllegalArgumentException(
          "%s: input shape is %s, what it adds, %s, has %s, must be the same"
              .formatted(layer.kind(), shape, name.get(), shape(index)));
    }
    return OptionalInt.of(index);
  }

  private List<Integer> shape(int index) {
    return index == Node.INPUT ? input : nodes.get(index).outputShape();
  }

  private static void checkSize(LayerSpec layer, List<Integer> shape) {
    if (NetworkSpec.size(shape) > NetworkSpec.MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          "%s: output shape is %s, must have at most %d values"
              .formatted(layer.kind(), shape, NetworkSpec.MAX_PARAMETERS));
    }
  }

  private List<TensorSpec> tensors(String name, List<Tensor> tensors) {
    List<TensorSpec> placed = new ArrayList<>();
    for (Tensor tensor : tensors) {
      long from = parameters;
      parameters = Math.addExact(parameters, tensor.size());
      if (parameters > NetworkSpec.MAX_PARAMETERS) {
        throw new IllegalArgumentException(
            "the network has " + parameters + " parameters, at most " + NetworkSpec.MAX_PARAMETERS);
      }
      placed.add(
          new TensorSpec(
              name + "." + tensor.role(), tensor, new Range((int) from, (int) parameters)));
    }
    return placed;
  }
}
