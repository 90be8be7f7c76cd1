package dev.drey.job.pretrained;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a layer, which are those of one or several operators of an ONNX graph.
 *
 * @param name of the operator, for messages
 * @param tensors by role, in our layout; more are put in while the graph is walked
 */
record OnnxLayer(String name, Map<String, StoredArray> tensors) {

  static OnnxLayer of(String name, String role, StoredArray array) {
    OnnxLayer layer = new OnnxLayer(name, new LinkedHashMap<>());
    layer.tensors.put(role, array);
    return layer;
  }

  OnnxLayer with(String role, StoredArray array) {
    tensors.put(role, array);
    return this;
  }
}
