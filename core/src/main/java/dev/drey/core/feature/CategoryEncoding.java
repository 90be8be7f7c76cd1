package dev.drey.core.feature;

import java.io.Serializable;

/** Which of some numbers a word sets. */
public sealed interface CategoryEncoding extends Serializable {

  /** How many numbers there are. */
  int width();

  /** Sets the word's number, among zeros from {@code at} on. */
  void encode(String word, double[] numbers, int at);

  /** Sets what stands for a missing word. */
  default void encodeMissing(double[] numbers, int at) {}

  /**
   * A place for each of the given words, and a last one for all others.
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
  }

  /**
   * A place by the word's hash: words may share one. Weinberger et al. (2009), Feature Hashing for
   * Large Scale Multitask Learning, section 2, whose sign keeps the sum of two that share a place
   * from growing.
   *
   * @param count of the places, at least 1
   * @param signed whether half of the words set -1
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
  }
}
