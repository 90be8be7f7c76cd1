package dev.drey.core.feature;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of all features with their scaling, and the serialization of the running statistics
 * of those whose scaling is learnt.
 *
 * <p>Format: a version byte (1), a fingerprint of the features (4 bytes), then count, mean and sum
 * of squares of each learnt column, 8 bytes each, big-endian. Empty if no column is learnt.
 */
final class FeatureColumns {

  private static final byte VERSION = 1;
  private static final int HEADER = 1 + Integer.BYTES;

  private final int fingerprint;
  private final Scaling[] scalings;
  private final double[] clips;

  /** Columns whose scaling is learnt, in order. */
  private final int[] learnt;

  FeatureColumns(List<Feature> features) {
    int width = features.stream().mapToInt(Feature::width).sum();
    scalings = new Scaling[width];
    clips = new double[width];
    int column = 0;
    for (Feature feature : features) {
      for (int place = 0; place < feature.width(); place++, column++) {
        scalings[column] = feature.scalingAt(place);
        clips[column] = feature.clipAt(place);
      }
    }
    fingerprint = Hash.of(fields(features));
    learnt = IntStream.range(0, width).filter(i -> scalings[i].isLearnt()).toArray();
  }

  /** The text whose hash is the fingerprint: the fields, and which of their columns are learnt. */
  private static String fields(List<Feature> features) {
    StringBuilder text = new StringBuilder();
    for (Feature feature : features) {
      text.append(feature.fields()).append(' ');
      for (int place = 0; place < feature.width(); place++) {
        text.append(feature.scalingAt(place).isLearnt() ? 's' : '.');
      }
      text.append('\n');
    }
    return text.toString();
  }

  int width() {
    return scalings.length;
  }

  int[] learnt() {
    return learnt;
  }

  Scaling scaling(int column) {
    return scalings[column];
  }

  double clip(int column) {
    return clips[column];
  }

  byte[] write(RunningStatistics statistics) {
    if (learnt.length == 0) {
      return new byte[0];
    }
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + RunningStatistics.bytes(learnt.length));
    statistics.write(bytes.put(VERSION).putInt(fingerprint));
    return bytes.array();
  }

  /**
   * Restores statistics.
   *
   * @param bytes written by {@link #write}, or null to start without any
   * @throws IllegalArgumentException if they have another version or belong to other features
   */
  RunningStatistics read(byte @Nullable [] bytes) {
    if (bytes == null || (bytes.length == 0 && learnt.length == 0)) {
      return new RunningStatistics(learnt.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER || buffer.get() != VERSION) {
      throw new IllegalArgumentException(
          "what was learnt has "
              + bytes.length
              + " bytes of version "
              + (bytes.length == 0 ? "none" : String.valueOf(bytes[0]))
              + ", must be of version "
              + VERSION);
    }
    if (buffer.getInt() != fingerprint) {
      throw new IllegalArgumentException(
          "what was learnt is of other features: they must stay as they were");
    }
    return RunningStatistics.read(buffer, learnt.length);
  }

  RunningStatistics merged(Collection<byte[]> all) {
    RunningStatistics statistics = new RunningStatistics(learnt.length);
    all.forEach(bytes -> statistics.merge(read(bytes)));
    return statistics;
  }

  /** The scaling of each column, by these statistics where it is learnt. */
  List<ColumnScaling> scaling(RunningStatistics statistics) {
    List<ColumnScaling> all = new ArrayList<>();
    for (int i = 0; i < scalings.length; i++) {
      all.add(new ColumnScaling(scalings[i].mean(), scalings[i].deviation(), clips[i]));
    }
    for (int i = 0; i < learnt.length; i++) {
      int column = learnt[i];
      all.set(
          column, new ColumnScaling(statistics.mean(i), statistics.deviation(i), clips[column]));
    }
    return all;
  }
}
