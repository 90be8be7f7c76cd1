package dev.drey.job.specification.key;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that is closest to a misspelt one. */
final class Spelling {

  private Spelling() {}

  /**
   * The word that differs in the fewest characters (inserted, deleted, replaced, or two neighbours
   * swapped), if these are at most a third of its own.
   */
  static Optional<String> nearest(String word, List<String> words) {
    String lower = word.toLowerCase(Locale.ROOT).replace('_', '-');
    return words.stream()
        .min(Comparator.comparingInt(candidate -> distance(lower, candidate)))
        .filter(nearest -> distance(lower, nearest) <= Math.max(1, nearest.length() / 3));
  }

  /** Optimal string alignment distance (Damerau 1964, Levenshtein 1966). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + replaced);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
