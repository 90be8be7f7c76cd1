package dev.drey.core.feature;

import java.io.Serializable;
import java.util.function.Function;

/** Which of some numbers a word sets. */
public sealed interface Places extends Serializable {

  /** How many numbers there are. */
  int width();

  /** Sets the word's number, among zeros from {@code at} on. */
  void mark(String word, double[] numbers, int at);

  /** Sets what stands for a missing word. */
  void markMissing(double[] numbers, int at);

  /** Applies the function for this kind of places. */
  <R> R match(Function<OneHot, R> oneHot, Function<Buckets, R> buckets);

  /**
   * A place for each of the given words, and a last one for all others.
   *
   * @param vocabulary the words
   */
  record OneHot(Vocabulary vocabulary) implements Places {

    private static final long serialVersionUID = 1L;

    @Override
    public int width() {
      return vocabulary.words().size() + 1;
    }

    @Override
    public void mark(String word, double[] numbers, int at) {
      int place = vocabulary.place(word);
      numbers[at + (place < 0 ? width() - 1 : place)] = 1;
    }

    @Override
    public void markMissing(double[] numbers, int at) {
      numbers[at + width() - 1] = 1;
    }

    @Override
    public <R> R match(Function<OneHot, R> oneHot, Function<Buckets, R> buckets) {
      return oneHot.apply(this);
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
  record Buckets(int count, boolean signed) implements Places {

    private static final long serialVersionUID = 1L;

    public Buckets {
      if (count < 1) {
        throw new IllegalArgumentException("buckets is " + count + ", must be at least 1");
      }
    }

    @Override
    public int width() {
      return count;
    }

    @Override
    public void mark(String word, double[] numbers, int at) {
      int hash = Hash.of(word);
      int place = Math.floorMod(hash >>> 1, count);
      numbers[at + place] = signed && (hash & 1) == 1 ? -1 : 1;
    }

    /** Sets nothing. */
    @Override
    public void markMissing(double[] numbers, int at) {}

    @Override
    public <R> R match(Function<OneHot, R> oneHot, Function<Buckets, R> buckets) {
      return buckets.apply(this);
    }
  }
}
