package dev.drey.core.feature;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An ordered set of words. */
public final class Vocabulary implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<String> words;
  private final Map<String, Integer> indices = new HashMap<>();

  /**
   * Creates a vocabulary.
   *
   * @param words at least one, without duplicates
   */
  public Vocabulary(List<String> words) {
    this.words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("vocabulary is empty, must have at least one word");
    }
    for (String word : words) {
      if (indices.put(word, indices.size()) != null) {
        throw new IllegalArgumentException("vocabulary has \"" + word + "\" twice");
      }
    }
  }

  public List<String> words() {
    return words;
  }

  /** The word's index, from 0; -1 if it is not in the vocabulary. */
  public int indexOf(String word) {
    return indices.getOrDefault(word, -1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary vocabulary && words.equals(vocabulary.words);
  }

  @Override
  public int hashCode() {
    return words.hashCode();
  }

  @Override
  public String toString() {
    return words.toString();
  }
}
