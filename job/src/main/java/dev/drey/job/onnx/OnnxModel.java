package dev.drey.job.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.drey.core.data.Normalization;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A trained network as other programs serve it: from {@code features}, [batch, ...the network's
 * input], as they are stored, to {@code outputs}, [batch, outputs], as {@code drey predict} gives
 * them. Its tensors have our names, and but for recurrent layers our shapes.
 *
 * @param name of the run
 * @param network what is computed
 * @param scaling the scaling of features, which the graph does first
 */
public record OnnxModel(String name, NetworkSpec network, FeatureScaling scaling)
    implements Serializable {

  private static final long serialVersionUID = 2L;

  private static final String INPUT = "features";
  private static final String OUTPUT = "outputs";
  private static final String PRODUCER = "drey";

  /** The oldest operators that have layer normalisation, and the format that came with them. */
  private static final int OPSET = 17;

  private static final int FORMAT = 8;

  /** A message of protobuf has at most 2 GiB, names and operators included. */
  private static final long MAX_WEIGHTS = (2L << 30) - (64 << 20);

  /** A model that was trained on a data set. */
  public OnnxModel(String name, NetworkSpec network, Normalization normalization) {
    this(name, network, FeatureScaling.of(normalization));
  }

  /** The same model with another scaling of features. */
  public OnnxModel with(FeatureScaling other) {
    return new OnnxModel(name, network, other);
  }

  /** Whether an ONNX file can hold it. */
  public boolean fits() {
    return (long) network.parameterCount() * Float.BYTES <= MAX_WEIGHTS;
  }

  /**
   * Writes the model. The same parameters give the same bytes. Takes memory for one copy of them.
   *
   * @param parameters of the network; only read
   * @throws IllegalArgumentException if there are more or fewer, or their bytes are more than an
   *     ONNX file holds
   */
  public void write(OutputStream out, float[] parameters) throws IOException {
    model(parameters).writeTo(out);
  }

  private ModelProto model(float[] parameters) {
    check(parameters);
    ModelProto.Builder model =
        ModelProto.newBuilder().setIrVersion(FORMAT).setProducerName(PRODUCER);
    model.addOpsetImportBuilder().setVersion(OPSET);
    model.setGraph(graph(parameters).build());
    model.addMetadataProps(entry("run", name));
    model.addMetadataProps(entry("outputs", meaning(network.loss())));
    model.addMetadataProps(entry("normalization", scaling.description()));
    return model.build();
  }

  private void check(float[] parameters) {
    if (parameters.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          "there are "
              + parameters.length
              + " parameters, the network has "
              + network.parameterCount());
    }
    if (!fits()) {
      throw new IllegalArgumentException(
          "the weights are "
              + (long) parameters.length * Float.BYTES
              + " bytes, an ONNX file holds at most "
              + MAX_WEIGHTS);
    }
  }

  private OnnxGraph graph(float[] parameters) {
    OnnxGraph graph = new OnnxGraph(name);
    graph.input(INPUT, network.input());
    String input = scaling.add(graph, INPUT, network.input());
    List<Node> nodes = network.nodes();
    List<String> results = new ArrayList<>();
    for (Node node : nodes) {
      List<String> inputs =
          IntStream.concat(IntStream.of(node.input()), node.addend().stream())
              .mapToObj(from -> from == Node.INPUT ? input : results.get(from))
              .toList();
      String to = node.index() == nodes.size() - 1 ? OUTPUT : node.name() + "/output";
      GraphPosition place = new GraphPosition(graph, node, parameters, inputs, to);
      results.add(node.layer().accept(new LayerOperators(place)));
    }
    String last = results.get(results.size() - 1);
    if (!last.equals(OUTPUT)) { // the last layer does nothing
      graph.add("Identity", OUTPUT, List.of(last));
    }
    graph.output(OUTPUT, List.of(network.outputWidth()));
    return graph;
  }

  private static String meaning(Loss loss) {
    return switch (loss.outputs()) {
      case CLASSES ->
          "logits of classes: softmax over them gives probabilities, the largest is the class";
      case YES_OR_NO -> "logits: sigmoid of each gives a probability, above 0 is yes";
      case VALUES -> "values, as the labels are";
    };
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(PRODUCER + "." + key).setValue(value).build();
  }
}
