package dev.drey.worker.layer;

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

/** Which class computes each kind of layer, and in which order of an image's dimensions. */
final class Implementations implements LayerSpec.Visitor<Implementation> {

  static final Implementations ALL = new Implementations();

  private Implementations() {}

  @Override
  public Implementation activation(ActivationLayer layer) {
    return Implementation.anyOrder(site -> new FunctionLayer(layer.function(), site));
  }

  @Override
  public Implementation add(Add layer) {
    return Implementation.anyOrder(site -> new AddLayer(site));
  }

  @Override
  public Implementation averagePooling2d(AveragePooling2d layer) {
    return Implementation.channelsLast(site -> new AveragePooling2dLayer(layer, site));
  }

  @Override
  public Implementation batchNormalization(BatchNormalization layer) {
    return Implementation.channelsLast(site -> new BatchNormalizationLayer(layer, site));
  }

  @Override
  public Implementation conv2d(Conv2d layer) {
    return Implementation.channelsLast(site -> new Conv2dLayer(layer, site));
  }

  @Override
  public Implementation dense(Dense layer) {
    return Implementation.channelsFirst(site -> new DenseLayer(layer, site));
  }

  @Override
  public Implementation dropout(Dropout layer) {
    return Implementation.anyOrder(site -> new DropoutLayer(layer, site));
  }

  @Override
  public Implementation embedding(Embedding layer) {
    return Implementation.channelsFirst(site -> new EmbeddingLayer(layer, site));
  }

  @Override
  public Implementation flatten(Flatten layer) {
    return Implementation.channelsFirst(site -> new FlattenLayer(site));
  }

  @Override
  public Implementation globalAveragePooling(GlobalAveragePooling layer) {
    return Implementation.channelsLast(site -> new GlobalAveragePoolingLayer(site));
  }

  @Override
  public Implementation gru(Gru layer) {
    return Implementation.channelsFirst(site -> new GruLayer(layer, site));
  }

  @Override
  public Implementation layerNormalization(LayerNormalization layer) {
    return Implementation.channelsFirst(site -> new LayerNormalizationLayer(layer, site));
  }

  @Override
  public Implementation localResponseNormalization(LocalResponseNormalization layer) {
    return Implementation.channelsLast(site -> new LocalResponseNormalizationLayer(layer, site));
  }

  @Override
  public Implementation lstm(Lstm layer) {
    return Implementation.channelsFirst(site -> new LstmLayer(layer, site));
  }

  @Override
  public Implementation maxPooling2d(MaxPooling2d layer) {
    return Implementation.channelsLast(site -> new MaxPooling2dLayer(layer, site));
  }

  @Override
  public Implementation multiHeadAttention(MultiHeadAttention layer) {
    return Implementation.channelsFirst(site -> new MultiHeadAttentionLayer(layer, site));
  }

  @Override
  public Implementation positionalEmbedding(PositionalEmbedding layer) {
    return Implementation.channelsFirst(site -> new PositionalEmbeddingLayer(site));
  }
}
