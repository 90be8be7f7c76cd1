package dev.drey.job.pretrained;

import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Arrays under the names, and in the layout, of the network's tensors, as a run leaves them. */
final class OwnNames {

  private OwnNames() {}

  /** Whether one of the names is ours and cannot be PyTorch's; biases have the same names. */
  static boolean areUsedBy(List<StoredArray> arrays, NetworkSpec network) {
    Set<String> names =
        network.tensors().stream()
            .map(TensorSpec::name)
            .filter(name -> !name.endsWith(".bias"))
            .collect(Collectors.toSet());
    return arrays.stream()
        .map(StoredArray::name)
        .anyMatch(name -> names.contains(name) || name.endsWith(".kernel"));
  }

  static Origins origins(List<StoredArray> arrays, NetworkSpec network) {
    Map<String, StoredArray> left = new LinkedHashMap<>();
    arrays.forEach(array -> left.put(array.name(), array));
    List<Origin> origins =
        network.tensors().stream()
            .map(
                tensor ->
                    new Origin(
                        tensor,
                        Optional.ofNullable(left.remove(tensor.name())),
                        "no array has its name"))
            .toList();
    return new Origins(origins, List.copyOf(left.keySet()));
  }
}
