package dev.drey.job.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.drey.core.layer.MultiHeadAttention;
import java.util.List;

/** Multi-head self-attention as operators. */
final class AttentionOperators {

  /** [batch, time, heads, size] to [batch, heads, time, size] and back. */
  private static final AttributeProto BY_HEAD = Attributes.of("perm", List.of(0L, 2L, 1L, 3L));

  /** [batch, time, heads, size] to [batch, heads, size, time]. */
  private static final AttributeProto TRANSPOSED = Attributes.of("perm", List.of(0L, 2L, 3L, 1L));

  private AttentionOperators() {}

  static String add(MultiHeadAttention layer, GraphPosition place) {
    OnnxGraph graph = place.graph();
    int time = place.node().inputShape().get(0);
    int features = place.node().inputShape().get(1);
    int size = features / layer.heads();
    String joint =
        LinearOperators.sequences(
            place, place.input(), List.of("kernel", "bias"), place.inner("joint"));
    List<String> parts = List.of(place.inner("q"), place.inner("k"), place.inner("v"));
    graph.add("Split", parts, List.of(joint), Attributes.of("axis", 2));
    String shape = graph.longs(place.inner("heads"), 0, time, layer.heads(), size);
    String q = byHead(place, "q", shape, BY_HEAD);
    String k = byHead(place, "k", shape, TRANSPOSED);
    String v = byHead(place, "v", shape, BY_HEAD);
    String products = graph.add("MatMul", place.inner("products"), List.of(q, k));
    String scale = graph.number(place.inner("scale"), (float) (1 / Math.sqrt(size)));
    String scores = graph.add("Mul", place.inner("scores"), List.of(products, scale));
    if (layer.causal()) {
      String mask = graph.floats(place.inner("mask"), List.of(time, time), mask(time));
      scores = graph.add("Add", place.inner("masked"), List.of(scores, mask));
    }
    String shares =
        graph.add("Softmax", place.inner("shares"), List.of(scores), Attributes.of("axis", -1));
    String sums = graph.add("MatMul", place.inner("sums"), List.of(shares, v));
    String turned = graph.add("Transpose", place.inner("turned"), List.of(sums), BY_HEAD);
    String whole = graph.longs(place.inner("whole"), 0, time, features);
    String context = graph.add("Reshape", place.inner("context"), List.of(turned, whole));
    return LinearOperators.sequences(
        place, context, List.of("output-kernel", "output-bias"), place.output());
  }

  private static String byHead(
      GraphPosition place, String part, String shape, AttributeProto order) {
    OnnxGraph graph = place.graph();
    String cut =
        graph.add("Reshape", place.inner(part + "-cut"), List.of(place.inner(part), shape));
    return graph.add("Transpose", place.inner(part + "-heads"), List.of(cut), order);
  }

  /** What is added to the scores, [time, time]: nothing for what a place may see. */
  private static float[] mask(int time) {
    float[] mask = new float[time * time];
    for (int i = 0; i < time; i++) {
      for (int j = i + 1; j < time; j++) {
        mask[i * time + j] = Float.NEGATIVE_INFINITY;
      }
    }
    return mask;
  }
}
