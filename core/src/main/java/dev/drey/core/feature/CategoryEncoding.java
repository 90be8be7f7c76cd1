package dev.drey.core.feature;

import java.io.Serializable;
import java.util.function.Function;

/** The encoding of a word as a group of columns. */
public sealed interface CategoryEncoding extends Serializable {

  /** Number of columns. */
  int width();

  /** Sets the word's column in {@code numbers[at, at + width)}, which is 0 before. */
  void encode(String word, double[] numbers, int at);

  /** Sets the column that stands for a missing word, if there is one. */
  default void encodeMissing(double[] numbers, int at) {}

  /** Applies the function for this kind of encoding. */
  <R> R match(Function<OneHot, R> oneHot, Function<HashBuckets, R> hashBuckets);

  /**
   * One-hot encoding: a column for each word of the vocabulary, and a last one for all other words.
   *
   * @param vocabulary the words
   */
  record OneHot(Vocabulary vocabulary) implements CategoryEncoding {

    private static final long serialVersionUID = 1L;

    @Override
    public int width() {
      return vocabulary.words().size() + 1;
    }

    @Override
    public void encode(String word, double[] numbers, int at) {
      int index = vocabulary.indexOf(word);
      numbers[at + (index < 0 ? width() - 1 : index)] = 1;
    }

    @Override
    public void encodeMissing(double[] numbers, int at) {
      numbers[at + width() - 1] = 1;
    }

    @Override
    public <R> R match(Function<OneHot, R> oneHot, Function<HashBuckets, R> hashBuckets) {
      return oneHot.apply(this);
    }
  }

  /**
   * Feature hashing: the word's hash selects its column, which other words may share. Weinberger et
   * al. (2009), Feature Hashing for Large Scale Multitask Learning, section 2; the random sign
   * keeps collisions from biasing inner products.
   *
   * @param count number of columns, at least 1
   * @param signed whether the hash also selects the sign, so that half of the words set -1
   */
  record HashBuckets(int count, boolean signed) implements CategoryEncoding {

    private static final long serialVersionUID = 1L;

    public HashBuckets {
      if (count < 1) {
        throw new IllegalArgumentException("buckets is " + count + ", must be at least 1");
      }
    }

    @Override
    public int width() {
      return count;
    }

    @Override
    public void encode(String word, double[] numbers, int at) {
      int hash = Hash.of(word);
      int place = Math.floorMod(hash >>> 1, count);
      numbers[at + place] = signed && (hash & 1) == 1 ? -1 : 1;
    }

    @Override
    public <R> R match(Function<OneHot, R> oneHot, Function<HashBuckets, R> hashBuckets) {
      return hashBuckets.apply(this);
    }
  }
}
