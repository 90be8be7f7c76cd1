package dev.drey.job.pretrained;

import dev.drey.core.layer.ActivationLayer;
import dev.drey.core.layer.Add;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.BatchNormalization;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Dropout;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Flatten;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.Gru;
import dev.drey.core.layer.LayerNormalization;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.Lstm;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.MultiHeadAttention;
import dev.drey.core.layer.PositionalEmbedding;
import dev.drey.core.network.TensorSpec;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tensor of a layer, looked for among the arrays of a PyTorch module: which array each kind of
 * layer has it in, and what brings that into our layout. PyTorch's weights are [outputs, inputs]; a
 * missing bias is zero where the module has a weight. Layers without tensors find nothing.
 *
 * @param tensor that is looked for
 * @param role of the tensor in its layer: {@code kernel}
 * @param module its arrays by their role: {@code weight}
 */
record TorchTensor(TensorSpec tensor, String role, Map<String, StoredArray> module)
    implements LayerSpec.Visitor<Optional<StoredArray>> {

  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  private Optional<StoredArray> array(String name) {
    return Optional.ofNullable(module.get(name));
  }

  private Optional<StoredArray> transposed(String name) {
    return array(name).map(StoredArray::transposed);
  }

  /** An array, or zeros if it does not exist but {@code beside} is. */
  private Optional<StoredArray> orZeros(String name, String beside) {
    StoredArray zeros = StoredArray.zeros(tensor.name(), tensor.range().length());
    return array(beside).map(any -> module.getOrDefault(name, zeros));
  }

  @Override
  public Optional<StoredArray> batchNormalization(BatchNormalization layer) {
    return switch (role) {
      case "scale" -> array(WEIGHT);
      case "offset" -> array(BIAS);
      default -> array("running_" + role.replace("variance", "var"));
    };
  }

  @Override
  public Optional<StoredArray> conv2d(Conv2d layer) {
    return role.equals("kernel") ? array(WEIGHT) : orZeros(BIAS, WEIGHT);
  }

  @Override
  public Optional<StoredArray> dense(Dense layer) {
    return role.equals("kernel") ? transposed(WEIGHT) : orZeros(BIAS, WEIGHT);
  }

  @Override
  public Optional<StoredArray> embedding(Embedding layer) {
    return array(WEIGHT);
  }

  @Override
  public Optional<StoredArray> gru(Gru layer) {
    return role.equals("bias") ? orZeros("bias_ih", "weight_ih") : recurrent();
  }

  @Override
  public Optional<StoredArray> layerNormalization(LayerNormalization layer) {
    return role.equals("scale") ? array(WEIGHT) : orZeros(BIAS, WEIGHT);
  }

  /** PyTorch has two biases where one is enough: theirs add up to ours. */
  @Override
  public Optional<StoredArray> lstm(Lstm layer) {
    return role.equals("bias")
        ? Stream.of(orZeros("bias_ih", "weight_ih"), orZeros("bias_hh", "weight_ih"))
            .flatMap(Optional::stream)
            .reduce(StoredArray::plus)
        : recurrent();
  }

  private Optional<StoredArray> recurrent() {
    return switch (role) {
      case "kernel" -> transposed("weight_ih");
      case "recurrent-kernel" -> transposed("weight_hh");
      default -> orZeros("bias_hh", "weight_ih");
    };
  }

  @Override
  public Optional<StoredArray> multiHeadAttention(MultiHeadAttention layer) {
    return switch (role) {
      case "kernel" -> transposed("in_proj_weight");
      case "bias" -> orZeros("in_proj_bias", "in_proj_weight");
      case "output-kernel" -> transposed(StateDictionary.PROJECTION + ".weight");
      default -> orZeros(StateDictionary.PROJECTION + ".bias", "in_proj_weight");
    };
  }

  @Override
  public Optional<StoredArray> positionalEmbedding(PositionalEmbedding layer) {
    return module.values().stream().findFirst().map(array -> array.squeezed(tensor.shape().size()));
  }

  @Override
  public Optional<StoredArray> activation(ActivationLayer layer) {
    return Optional.empty();
  }

  @Override
  public Optional<StoredArray> add(Add layer) {
    return Optional.empty();
  }

  @Override
  public Optional<StoredArray> averagePooling2d(AveragePooling2d layer) {
    return Optional.empty();
  }

  @Override
  public Optional<StoredArray> dropout(Dropout layer) {
    return Optional.empty();
  }

  @Override
  public Optional<StoredArray> flatten(Flatten layer) {
    return Optional.empty();
  }

  @Override
  public Optional<StoredArray> globalAveragePooling(GlobalAveragePooling layer) {
    return Optional.empty();
  }

  @Override
  public Optional<StoredArray> localResponseNormalization(LocalResponseNormalization layer) {
    return Optional.empty();
  }

  @Override
  public Optional<StoredArray> maxPooling2d(MaxPooling2d layer) {
    return Optional.empty();
  }
}
