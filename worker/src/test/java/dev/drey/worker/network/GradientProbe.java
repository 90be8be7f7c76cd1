package dev.drey.worker.network;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Prints the SHA-256 of the gradients of all {@link GradientCases}, residual connections and
 * dropouts among them, over enough examples that loops are compiled while they run.
 */
final class GradientProbe {

  private static final int EXAMPLES = 1100; // more than a chunk

  private GradientProbe() {}

  public static void main(String[] args) throws NoSuchAlgorithmException {
    System.out.println(gradients());
  }

  static String gradients() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    GradientCases.all()
        .map(GradientCases.Case::spec)
        .forEach(
            spec -> {
              try (Network network = Network.compile(spec)) {
                network.parameters().asFloatBuffer().put(spec.initialParameters(1));
                float[] features = new float[EXAMPLES * spec.inputWidth()];
                SplittableRandom random = new SplittableRandom(2);
                OptionalInt vocabulary = spec.vocabulary();
                for (int i = 0; i < features.length; i++) {
                  features[i] =
                      vocabulary.isPresent()
                          ? random.nextInt(vocabulary.getAsInt())
                          : (float) random.nextDouble(-1, 1);
                }
                float[] labels = new float[EXAMPLES * spec.labelWidth()];
                network.gradient(new ArrayFeed(EXAMPLES, features, labels), 3);
                digest.update(network.gradientBytes());
              }
            });
    return "gradients " + HexFormat.of().formatHex(digest.digest());
  }
}
