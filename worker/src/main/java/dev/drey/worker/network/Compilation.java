package dev.drey.worker.network;

import dev.drey.core.layer.Named;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.Node;
import dev.drey.core.network.TensorSpec;
import dev.drey.worker.layer.ImageOrder;
import dev.drey.worker.layer.Layer;
import dev.drey.worker.layer.Port;
import dev.drey.worker.layer.ReorderedLayer;
import dev.drey.worker.layer.Site;
import dev.drey.worker.onednn.Engine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Compiles a network's layers for one number of examples and joins their arrays: a layer writes the
 * gradient by its input to where the layer before expects it, or, if another reader of the same
 * output does so already, to an array of its own, which is added. Layers over images compute with
 * channels last; where one reads what is in another order, or another reads what it wrote, a
 * copying step is put between them.
 */
final class Compilation {

  private final List<Node> graph;
  private final INDArray parameters;
  private final INDArray gradient;
  private final INDArray input;
  private final List<Integer> inputShape;
  private final Engine engine;
  private final List<CompiledNode> nodes = new ArrayList<>(); // one for each of the graph
  private final Set<Integer> taken = new HashSet<>(); // whose own gradient has a writer
  private final List<ImageOrder> orders = new ArrayList<>(); // of their outputs
  private final List<CompiledNode> steps = new ArrayList<>(); // with the copying between them

  Compilation(
      NetworkSpec spec, int examples, INDArray parameters, INDArray gradient, Engine engine) {
    this.graph = spec.nodes();
    this.inputShape = spec.input();
    this.engine = engine;
    this.parameters = parameters;
    this.gradient = gradient;
    input = Nd4j.create(DataType.FLOAT, shape(examples, spec.input()));
    LateRelu late = new LateRelu(graph);
    for (Node node : graph) {
      Site site = site(late.node(node));
      Layer layer = late.layer(node, Layer.compile(site));
      CompiledNode compiled = new CompiledNode(node.name(), layer, learns(site), new ArrayList<>());
      nodes.add(compiled);
      orders.add(site.order());
      steps.add(compiled);
    }
  }

  /** What the first layers read, [examples, ...]. */
  INDArray input() {
    return input;
  }

  /** In the order of computation; the last one's output is the network's. */
  List<CompiledNode> steps() {
    return steps;
  }

  private Site site(Node node) {
    ImageOrder order = ImageOrder.of(node, order(node.input()));
    Port input = port(node.input(), order);
    Optional<Port> addend =
        node.addend().isPresent()
            ? Optional.of(port(node.addend().getAsInt(), order))
            : Optional.empty();
    return new Site(
        node, input, addend, part(parameters, node), part(gradient, node), order, engine);
  }

  /** Where to read a node's output in some order. */
  private Port port(int index, ImageOrder order) {
    Port port = port(index);
    List<Integer> shape = index == Node.INPUT ? inputShape : graph.get(index).outputShape();
    if (order == order(index) || shape.size() != 3) {
      return port;
    }
    if (shape.get(0) == 1 || shape.get(1) * shape.get(2) == 1) { // both orders are the same
      long[] same = shape((int) input.size(0), order.shape(shape));
      INDArray gradient = port.gradient();
      return new Port(
          port.values().reshape('c', same), gradient == null ? null : gradient.reshape('c', same));
    }
    ReorderedLayer copy = new ReorderedLayer(port, shape, order, engine);
    steps.add(new CompiledNode(name(index), copy, port.gradient() != null, List.of()));
    return new Port(copy.output(), port.gradient() == null ? null : copy.outputGradient());
  }

  private String name(int index) {
    return index == Node.INPUT ? Named.INPUT : graph.get(index).name();
  }

  private ImageOrder order(int index) {
    return index == Node.INPUT ? ImageOrder.CHANNELS_FIRST : orders.get(index);
  }

  private Port port(int index) {
    if (index == Node.INPUT) {
      return new Port(input, null);
    }
    CompiledNode read = nodes.get(index);
    INDArray values = read.layer().output();
    if (!read.learns()) {
      return new Port(values, null);
    }
    if (taken.add(index)) {
      return new Port(values, read.layer().outputGradient());
    }
    INDArray share = Nd4j.create(DataType.FLOAT, values.shape());
    read.shares().add(share);
    return new Port(values, share);
  }

  /** Whether there is a parameter that the gradient by the layer's output would reach. */
  private static boolean learns(Site site) {
    return !site.node().tensors().isEmpty()
        || site.input().gradient() != null
        || site.addend().map(Port::gradient).isPresent();
  }

  /** The part of the flat vector that a node's tensors take; of a node without any, nothing. */
  private static INDArray part(INDArray flat, Node node) {
    List<TensorSpec> tensors = node.tensors();
    if (tensors.isEmpty()) {
      return Nd4j.empty(DataType.FLOAT);
    }
    return flat.get(
        NDArrayIndex.interval(
            tensors.get(0).range().from(), tensors.get(tensors.size() - 1).range().to()));
  }

  private static long[] shape(int examples, List<Integer> shape) {
    return LongStream.concat(LongStream.of(examples), shape.stream().mapToLong(d -> d)).toArray();
  }
}
