package dev.drey.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {

  private static final NetworkSpec NETWORK = network(3, 4);

  @TempDir private Path directory;

  private static NetworkSpec network(int inputs, int units) {
    return new NetworkSpec(
        List.of(inputs),
        List.of(
            new Dense(units, Activation.RELU, Initializer.HE_NORMAL),
            new Dense(2, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
        new Loss.SoftmaxCrossEntropy());
  }

  private Path write() throws IOException {
    Path file = directory.resolve("weights.npz");
    WeightsFile.write(file, NETWORK, NETWORK.initialParameters(7));
    return file;
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    assertThat(WeightsFile.read(write(), NETWORK)).isEqualTo(NETWORK.initialParameters(7));
    assertThat(directory.toFile().list()).hasSize(1); // nothing partial is left
  }

  /**
   * The bytes as https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html has them.
   */
  @Test
  void anArrayIsAsNumpyWritesIt() throws IOException {
    try (ZipFile zip = new ZipFile(write().toFile())) {
      assertThat(zip.stream().map(entry -> entry.getName()))
          .containsExactly("0.kernel.npy", "0.bias.npy", "1.kernel.npy", "1.bias.npy");
      byte[] bytes = zip.getInputStream(zip.getEntry("0.kernel.npy")).readAllBytes();
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(new String(bytes, 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
      assertThat(bytes).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
      int length = buffer.getShort(8);
      assertThat((10 + length) % 64).isZero();
      assertThat(new String(bytes, 10, length, StandardCharsets.US_ASCII))
          .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }")
          .endsWith("\n");
      assertThat(buffer.getFloat(10 + length)).isEqualTo(NETWORK.initialParameters(7)[0]);
      assertThat(bytes).hasSize(10 + length + 3 * 4 * 4);
    }
  }

  /** Runs where python3 has NumPy. */
  @Test
  void numpyReadsTheSameValues() throws Exception {
    assumeTrue(python("import numpy").waitFor() == 0, "python3 has no numpy");
    Path file = write();
    Path copy = directory.resolve("copy.npz");
    Process process =
        python(
            """
            import numpy
            w = numpy.load('%s')
            print({k: w[k].shape for k in w.files})
            print(w['1.bias'].dtype, w['0.kernel'][2, 3] == numpy.float32(%s))
            numpy.savez('%s', **w)
            """
                .formatted(file, NETWORK.initialParameters(7)[11], copy));

    assertThat(process.inputReader().lines())
        .containsExactly(
            "{'0.kernel': (3, 4), '0.bias': (4,), '1.kernel': (4, 2), '1.bias': (2,)}",
            "float32 True");
    assertThat(process.waitFor()).isZero();
    assertThat(WeightsFile.read(copy, NETWORK)).isEqualTo(NETWORK.initialParameters(7));
  }

  private static Process python(String program) throws IOException {
    return new ProcessBuilder("python3", "-c", program).redirectErrorStream(true).start();
  }

  @Test
  void theSameParametersGiveTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(write());

    assertThat(Files.readAllBytes(write())).isEqualTo(first);
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() throws IOException {
    Path file = write();

    assertThatThrownBy(() -> WeightsFile.read(file, network(3, 5)))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": 0.kernel.npy has 176 bytes, shape [3, 5] of 32-bit floats has 188");
    assertThatThrownBy(() -> WeightsFile.read(file, network(4, 3)))
        .hasMessage(file + ": 0.kernel.npy is not an array of 32-bit floats of shape [4, 3]");
    assertThatThrownBy(() -> WeightsFile.write(file, NETWORK, new float[5]))
        .hasMessage("there are 5 parameters, the network has 26");
  }

  @Test
  void damagedAndMissingFilesAreRefused() throws IOException {
    Path file = write();
    byte[] bytes = Files.readAllBytes(file);
    bytes[200] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> WeightsFile.read(file, NETWORK))
        .hasMessage(file + ": 0.kernel.npy is damaged: its checksum does not match");

    Files.write(file, new byte[100]);
    assertThatThrownBy(() -> WeightsFile.read(file, NETWORK))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": is damaged: ");

    Files.delete(file);
    assertThatThrownBy(() -> WeightsFile.read(file, NETWORK)).isInstanceOf(IOException.class);
  }
}
