package dev.drey.job.specification.network;

import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.Gru;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.Lstm;
import dev.drey.core.layer.MultiHeadAttention;
import dev.drey.core.layer.PositionalEmbedding;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Union;
import dev.drey.job.specification.key.Words;
import java.util.List;
import java.util.function.Function;

/** The keys of layers whose input is a sequence, [time, features]. */
final class SequenceLayers {

  static final List<Union.Case<? extends LayerSpec>> CASES =
      List.of(
          LayerKeys.layer(
              Embedding.class,
              embedding(),
              "a trained vector for each index in the input, [time]: words, characters,"
                  + " categories"),
          LayerKeys.layer(
              PositionalEmbedding.class,
              positionalEmbedding(),
              "adds a trained vector for each position of a sequence"),
          LayerKeys.layer(
              Lstm.class,
              recurrent(
                  Lstm::units,
                  Lstm::sequences,
                  Lstm::initializer,
                  values -> new Lstm(values.units, values.sequences, values.initializer)),
              "a long short-term memory over [time, features]"),
          LayerKeys.layer(
              Gru.class,
              recurrent(
                  Gru::units,
                  Gru::sequences,
                  Gru::initializer,
                  values -> new Gru(values.units, values.sequences, values.initializer)),
              "a gated recurrent unit over [time, features]"),
          LayerKeys.layer(
              MultiHeadAttention.class, attention(), "self-attention over [time, features]"));

  private SequenceLayers() {}

  private static Section<Embedding> embedding() {
    Key<Embedding, Integer> vocabulary =
        Key.of(
            "vocabulary",
            LayerKeys.SIZE,
            Embedding::vocabulary,
            "number of indices: the input has values from 0 to below it");
    Key<Embedding, Integer> units =
        Key.of("units", LayerKeys.SIZE, Embedding::units, "length of a vector");
    Key<Embedding, Initializer> initializer =
        LayerKeys.initializer(Embedding::initializer, Initializer.NORMAL);
    return new Section<>(
        List.of(vocabulary, units, initializer),
        values ->
            new Embedding(values.get(vocabulary), values.get(units), values.get(initializer)));
  }

  private static Section<PositionalEmbedding> positionalEmbedding() {
    Key<PositionalEmbedding, Initializer> initializer =
        LayerKeys.initializer(PositionalEmbedding::initializer, Initializer.NORMAL);
    return new Section<>(
        List.of(initializer), values -> new PositionalEmbedding(values.get(initializer)));
  }

  /** The settings that LSTM and GRU share. */
  private record Recurrent(int units, boolean sequences, Initializer initializer) {}

  private static <R> Section<R> recurrent(
      Function<R, Integer> units,
      Function<R, Boolean> sequences,
      Function<R, Initializer> initializer,
      Function<Recurrent, R> constructor) {
    Key<R, Integer> unitsKey = Key.of("units", LayerKeys.SIZE, units, "number of outputs");
    Key<R, Boolean> sequencesKey =
        Key.of(
                "return-sequences",
                Words.trueOrFalse(),
                sequences,
                "true for the output at every time, [time, units]; false for the last, [units]")
            .orElse(false);
    Key<R, Initializer> initializerKey =
        LayerKeys.initializer(initializer, Initializer.GLOROT_UNIFORM);
    return new Section<>(
        List.of(unitsKey, sequencesKey, initializerKey),
        values ->
            constructor.apply(
                new Recurrent(
                    values.get(unitsKey), values.get(sequencesKey), values.get(initializerKey))));
  }

  private static Section<MultiHeadAttention> attention() {
    Key<MultiHeadAttention, Integer> heads =
        Key.of(
            "heads",
            LayerKeys.SIZE,
            MultiHeadAttention::heads,
            "number of heads; the number of features must be a multiple of it");
    Key<MultiHeadAttention, Boolean> causal =
        Key.of(
                "causal",
                Words.trueOrFalse(),
                MultiHeadAttention::causal,
                "whether a position attends only to earlier positions and itself")
            .orElse(false);
    Key<MultiHeadAttention, Initializer> initializer =
        LayerKeys.initializer(MultiHeadAttention::initializer, Initializer.GLOROT_UNIFORM);
    return new Section<>(
        List.of(heads, causal, initializer),
        values ->
            new MultiHeadAttention(values.get(heads), values.get(causal), values.get(initializer)));
  }
}
