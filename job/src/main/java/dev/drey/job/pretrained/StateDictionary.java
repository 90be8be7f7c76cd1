package dev.drey.job.pretrained;

import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Gru;
import dev.drey.core.layer.LayerNormalization;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Lstm;
import dev.drey.core.layer.MultiHeadAttention;
import dev.drey.core.layer.PositionalEmbedding;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.Node;
import dev.drey.core.network.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Arrays as PyTorch's state_dict has them: names of modules are not looked at, but the order of
 * modules is that of the network's layers with tensors, and roles and layouts are PyTorch's
 * (weights are [outputs, inputs]). A missing bias is zero.
 */
final class StateDictionary {

  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  /** Of the modules that stand for a layer. */
  private static final Set<String> ROLES =
      Set.of(WEIGHT, BIAS, "running_mean", "running_var", "in_proj_weight", "in_proj_bias");

  /** Not a weight: batch normalisation counts there. */
  private static final String COUNTER = "num_batches_tracked";

  /** The projection after attention is a module of its own in PyTorch. */
  private static final String PROJECTION = "out_proj";

  /** The layers of a recurrent module. */
  private static final Pattern RECURRENT = Pattern.compile("((?:weight|bias)_[ih]h)_l(\\d+)");

  private StateDictionary() {}

  static Origins origins(List<StoredArray> arrays, NetworkSpec network) {
    List<Map.Entry<String, Map<String, StoredArray>>> modules =
        new ArrayList<>(modules(arrays).entrySet());
    List<Origin> origins = new ArrayList<>();
    int next = 0;
    for (Node node : network.nodes()) {
      if (node.tensors().isEmpty()) {
        continue;
      }
      if (next == modules.size()) {
        node.tensors().forEach(tensor -> origins.add(missing(tensor, "no module is left for it")));
        continue;
      }
      Map.Entry<String, Map<String, StoredArray>> module = modules.get(next++);
      Map<String, StoredArray> roles = new LinkedHashMap<>(module.getValue());
      for (TensorSpec tensor : node.tensors()) {
        String role = tensor.name().substring(node.name().length() + 1);
        origins.add(
            new Origin(
                tensor,
                take(node.layer(), role, tensor, roles),
                "it was looked for in " + names(module.getValue())));
      }
    }
    return new Origins(
        origins,
        modules.subList(next, modules.size()).stream()
            .map(module -> names(module.getValue()))
            .toList());
  }

  private static Origin missing(TensorSpec tensor, String place) {
    return new Origin(tensor, Optional.empty(), place);
  }

  private static String names(Map<String, StoredArray> module) {
    return String.join(", ", module.values().stream().map(StoredArray::name).toList());
  }

  /** By module, in order, then by role. */
  private static Map<String, Map<String, StoredArray>> modules(List<StoredArray> arrays) {
    Map<String, Map<String, StoredArray>> modules = new LinkedHashMap<>();
    for (StoredArray array : arrays) {
      int dot = array.name().lastIndexOf('.');
      String module = dot < 0 ? "" : array.name().substring(0, dot);
      String role = array.name().substring(dot + 1);
      if (role.equals(COUNTER)) {
        continue;
      }
      Matcher recurrent = RECURRENT.matcher(role);
      if (module.equals(PROJECTION) || module.endsWith("." + PROJECTION)) {
        module = module.substring(0, Math.max(0, module.length() - PROJECTION.length() - 1));
        role = PROJECTION + "." + role;
      } else if (recurrent.matches()) {
        module += "." + recurrent.group(2);
        role = recurrent.group(1);
      } else if (!ROLES.contains(role)) {
        module = array.name(); // a parameter by itself
      }
      modules.computeIfAbsent(module, any -> new LinkedHashMap<>()).put(role, array);
    }
    return modules;
  }

  private static Optional<StoredArray> take(
      LayerSpec layer, String role, TensorSpec tensor, Map<String, StoredArray> module) {
    Optional<StoredArray> weight = Optional.ofNullable(module.get(WEIGHT));
    if (layer instanceof Dense) {
      return role.equals("kernel")
          ? weight.map(StoredArray::transposed)
          : orZeros(BIAS, module, weight, tensor);
    } else if (layer instanceof Conv2d) {
      return role.equals("kernel") ? weight : orZeros(BIAS, module, weight, tensor);
    } else if (layer instanceof LayerNormalization) {
      return role.equals("scale") ? weight : orZeros(BIAS, module, weight, tensor);
    } else if (layer instanceof BatchNormalization) {
      return switch (role) {
        case "scale" -> weight;
        case "offset" -> Optional.ofNullable(module.get(BIAS));
        default -> Optional.ofNullable(module.get("running_" + role.replace("variance", "var")));
      };
    } else if (layer instanceof Embedding) {
      return weight;
    } else if (layer instanceof PositionalEmbedding) {
      return module.values().stream()
          .findFirst()
          .map(array -> array.squeezed(tensor.shape().size()));
    } else if (layer instanceof MultiHeadAttention) {
      return attention(role, tensor, module);
    } else if (layer instanceof Lstm || layer instanceof Gru) {
      return recurrent(layer instanceof Lstm, role, tensor, module);
    }
    throw new IllegalStateException(layer.kind() + " has no counterpart in PyTorch");
  }

  private static Optional<StoredArray> orZeros(
      String role,
      Map<String, StoredArray> module,
      Optional<StoredArray> weight,
      TensorSpec tensor) {
    return weight.map(
        any ->
            module.getOrDefault(role, StoredArray.zeros(tensor.name(), tensor.range().length())));
  }

  private static Optional<StoredArray> attention(
      String role, TensorSpec tensor, Map<String, StoredArray> module) {
    Optional<StoredArray> joint = Optional.ofNullable(module.get("in_proj_weight"));
    return switch (role) {
      case "kernel" -> joint.map(StoredArray::transposed);
      case "output-kernel" ->
          Optional.ofNullable(module.get(PROJECTION + ".weight")).map(StoredArray::transposed);
      case "bias" -> orZeros("in_proj_bias", module, joint, tensor);
      default -> orZeros(PROJECTION + ".bias", module, joint, tensor);
    };
  }

  private static Optional<StoredArray> recurrent(
      boolean lstm, String role, TensorSpec tensor, Map<String, StoredArray> module) {
    Optional<StoredArray> kernel = Optional.ofNullable(module.get("weight_ih"));
    return switch (role) {
      case "kernel" -> kernel.map(StoredArray::transposed);
      case "recurrent-kernel" ->
          Optional.ofNullable(module.get("weight_hh")).map(StoredArray::transposed);
      case "recurrent-bias" -> orZeros("bias_hh", module, kernel, tensor);
      default -> {
        Optional<StoredArray> bias = orZeros("bias_ih", module, kernel, tensor);
        // Where one bias is enough, PyTorch has two all the same.
        yield lstm
            ? Stream.of(bias, orZeros("bias_hh", module, kernel, tensor))
                .flatMap(Optional::stream)
                .reduce(StoredArray::plus)
            : bias;
      }
    };
  }
}
