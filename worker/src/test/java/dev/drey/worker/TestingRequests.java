package dev.drey.worker;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Builds requests whose data and weights lie in one directory. */
final class TestingRequests {

  /** Where requests without a word about it end: far in the future. */
  static final long NO_LEASE = Long.MAX_VALUE / 2;

  /** 3 features, 4 hidden units, 2 classes: 26 parameters. */
  static final NetworkSpec SMALL =
      mlp(new Loss.SoftmaxCrossEntropy(), Activation.TANH, List.of(3), 4, 2);

  private final Path directory;
  private int files;

  TestingRequests(Path directory) {
    this.directory = directory;
  }

  /** Dense layers of these units, the last one linear. */
  static NetworkSpec mlp(Loss loss, Activation hidden, List<Integer> input, int... units) {
    return new NetworkSpec(
        input,
        IntStream.range(0, units.length)
            .<LayerSpec>mapToObj(
                i ->
                    new Dense(
                        units[i],
                        i == units.length - 1 ? Activation.LINEAR : hidden,
                        Initializer.GLOROT_UNIFORM))
            .toList(),
        loss);
  }

  /** Uniform in [-1, 1). */
  static float[] random(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /** Whole numbers in [0, classes). */
  static float[] randomClasses(long seed, int length, int classes) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(classes);
    }
    return values;
  }

  DataSource data(int width, float[] features, int labelWidth, float[] labels) throws IOException {
    return new DataSource.Npy(npy(width, features), npy(labelWidth, labels));
  }

  /** All rows of the data, in order. */
  static Examples rows(DataSource data, int count) {
    return new Examples.Rows(data, Normalization.NONE, IntStream.range(0, count).toArray());
  }

  Blob.Reference file(byte[] bytes) throws IOException {
    Path file = directory.resolve("object-" + files++);
    Files.write(file, bytes);
    return DataSets.reference(file);
  }

  Weights byReference(long version, float[] values) throws IOException {
    return weights(version, values.length, file(Floats.toBytes(values)));
  }

  static Weights inline(long version, float[] values) {
    return weights(version, values.length, Blob.Inline.of(Floats.toBytes(values)));
  }

  static Weights weights(long version, int count, Blob blob) {
    return new Weights(version, List.of(new Weights.Part(new Range(0, count), blob)));
  }

  /** Step 5, slot 3; results up to 64 bytes inline, longer ones in the directory. */
  WorkRequest request(Work.Kind task, NetworkSpec network, Weights weights, Examples examples) {
    return new WorkRequest(
        new WorkRequest.Id("test", "start-1", task, 5, 3, 1),
        NO_LEASE,
        network,
        weights,
        examples,
        new WorkRequest.Transport(64, directory.toUri()),
        null,
        0);
  }

  private Blob.Reference npy(int width, float[] values) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(values.length / width, width);
    String padded = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(new byte[] {(byte) padded.length(), (byte) (padded.length() >> 8)});
    out.write(padded.getBytes(StandardCharsets.US_ASCII));
    out.write(Floats.toBytes(values));
    return file(out.toByteArray());
  }
}
