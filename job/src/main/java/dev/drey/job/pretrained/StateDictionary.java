package dev.drey.job.pretrained;

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

/**
 * Arrays as PyTorch's state_dict has them: names of modules do not matter, but their order is that
 * of the network's layers with tensors, and roles and layouts are PyTorch's (weights are [outputs,
 * inputs]). A missing bias is zero.
 */
final class StateDictionary {

  /** The roles that arrays have in the modules of layers. */
  private static final Set<String> ROLES =
      Set.of("weight", "bias", "running_mean", "running_var", "in_proj_weight", "in_proj_bias");

  /** A counter of batch normalisation, no weight. */
  private static final String COUNTER = "num_batches_tracked";

  /** The projection after attention is a module of its own in PyTorch. */
  static final String PROJECTION = "out_proj";

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
      for (TensorSpec tensor : node.tensors()) {
        String role = tensor.name().substring(node.name().length() + 1);
        origins.add(
            new Origin(
                tensor,
                node.layer().accept(new TorchTensor(tensor, role, module.getValue())),
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
}
