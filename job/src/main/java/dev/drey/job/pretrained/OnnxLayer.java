package dev.drey.job.pretrained;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an operator of an ONNX graph, or a few, has of a layer's tensors.
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
