package dev.drey.job.pretrained;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.Node;
import dev.drey.core.network.TensorSpec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of an ONNX model: its layers with weights are, in the order of its operators, those
 * of the network. Names are not looked at.
 */
final class OnnxGraphFile {

  /** For operators, and constants that are no weights. */
  private static final long SPARE_BYTES = 64L << 20;

  /** The prefix of roles that belong to the second of a layer's two operators with weights. */
  private static final String OUTPUT = "output-";

  private OnnxGraphFile() {}

  /**
   * Reads a model.
   *
   * @throws IOException if it is larger than the network's weights explain, or no ONNX model
   */
  static Origins origins(Path file, NetworkSpec network) throws IOException {
    long most = (long) Double.BYTES * network.parameterCount() + SPARE_BYTES;
    long bytes = Files.size(file);
    if (bytes > Math.min(most, Integer.MAX_VALUE)) {
      throw new IOException(
          "%s has %d bytes, a model with the network's %d weights has at most %d"
              .formatted(file, bytes, network.parameterCount(), Math.min(most, Integer.MAX_VALUE)));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      CodedInputStream coded = CodedInputStream.newInstance(in);
      coded.setSizeLimit((int) bytes);
      ModelProto model = ModelProto.parseFrom(coded);
      if (!model.hasGraph()) {
        throw new IOException(file + " is not an ONNX model: it has no graph");
      }
      return origins(OnnxLayers.of(model.getGraph()), network);
    } catch (InvalidProtocolBufferException e) {
      throw new IOException(file + " is not an ONNX model: " + e.getMessage(), e);
    }
  }

  private static Origins origins(List<OnnxLayer> layers, NetworkSpec network) {
    List<Origin> origins = new ArrayList<>();
    int next = 0;
    for (Node node : network.nodes()) {
      int before = next;
      for (TensorSpec tensor : node.tensors()) {
        String role = tensor.name().substring(node.name().length() + 1);
        int at = before;
        if (role.startsWith(OUTPUT)) {
          at++;
          role = role.substring(OUTPUT.length());
        }
        next = Math.max(next, at + 1);
        origins.add(
            at < layers.size()
                ? origin(tensor, role, layers.get(at))
                : new Origin(tensor, Optional.empty(), "no operator with weights is left for it"));
      }
    }
    List<String> left =
        layers.subList(Math.min(next, layers.size()), layers.size()).stream()
            .map(OnnxLayer::name)
            .toList();
    return new Origins(origins, left);
  }

  private static Origin origin(TensorSpec tensor, String role, OnnxLayer layer) {
    Map<String, StoredArray> tensors = layer.tensors();
    return new Origin(
        tensor,
        Optional.ofNullable(tensors.get(role)),
        "in its place is " + layer.name() + ", which has " + String.join(", ", tensors.keySet()));
  }
}
