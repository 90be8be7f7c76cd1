package dev.drey.worker.network;

import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.Node;
import dev.drey.core.network.TensorSpec;
import dev.drey.worker.layer.Layer;
import dev.drey.worker.layer.Port;
import dev.drey.worker.layer.Site;
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
 * gradient by its input to where the layer before expects it, or, where another does so already, to
 * a share of its own, which is added.
 */
final class Compilation {

  private final List<Node> graph;
  private final INDArray parameters;
  private final INDArray gradient;
  private final INDArray input;
  private final List<CompiledNode> nodes = new ArrayList<>();
  private final Set<Integer> taken = new HashSet<>(); // whose own gradient has a writer

  Compilation(NetworkSpec spec, int examples, INDArray parameters, INDArray gradient) {
    this.graph = spec.nodes();
    this.parameters = parameters;
    this.gradient = gradient;
    input = Nd4j.create(DataType.FLOAT, shape(examples, spec.input()));
    for (Node node : graph) {
      Site site = site(node);
      nodes.add(new CompiledNode(node, Layer.compile(site), learns(site), new ArrayList<>()));
    }
  }

  /** What the first layers read, [examples, ...]. */
  INDArray input() {
    return input;
  }

  /** In the order of computation. */
  List<CompiledNode> nodes() {
    return nodes;
  }

  private Site site(Node node) {
    Optional<Port> addend =
        node.addend().isPresent() ? Optional.of(port(node.addend().getAsInt())) : Optional.empty();
    return new Site(node, port(node.input()), addend, part(parameters, node), part(gradient, node));
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
