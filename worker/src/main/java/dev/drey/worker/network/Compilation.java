package dev.drey.worker.network;

import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.Node;
import dev.drey.core.network.TensorSpec;
import dev.drey.worker.layer.Layer;
import dev.drey.worker.layer.Port;
import dev.drey.worker.layer.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Compiles a network's layers for one number of examples and joins their arrays: a layer writes the
 * gradient by its input to where the layer before expects it, or, where several read the same
 * output, to a share of its own, and the shares are added.
 */
final class Compilation {

  private final List<Node> graph;
  private final INDArray parameters;
  private final INDArray gradient;
  private final INDArray input;
  private final List<CompiledNode> nodes = new ArrayList<>();

  Compilation(NetworkSpec spec, int examples, INDArray parameters, INDArray gradient) {
    this.graph = spec.nodes();
    this.parameters = parameters;
    this.gradient = gradient;
    input = Nd4j.create(DataType.FLOAT, shape(examples, spec.input()));
    for (Node node : graph) {
      Site site = site(node);
      nodes.add(new CompiledNode(Layer.compile(site), new ArrayList<>()));
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
    if (readers(index) == 1) {
      return new Port(values, read.layer().outputGradient());
    }
    INDArray share = Nd4j.create(DataType.FLOAT, values.shape());
    read.shares().add(share);
    return new Port(values, share);
  }

  private long readers(int index) {
    return graph.stream()
        .mapToLong(
            node ->
                (node.input() == index ? 1 : 0)
                    + (node.addend().isPresent() && node.addend().getAsInt() == index ? 1 : 0))
        .sum();
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
