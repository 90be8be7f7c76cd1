package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A selection of topics. */
public sealed interface Topics extends Serializable {

  /**
   * The names of the topics.
   *
   * @param all asked for all topics that there are, where they are needed
   * @throws TopicException if there is none, or {@code all} throws it
   */
  Collection<String> names(AllTopics all) throws TopicException, InterruptedException;

  /** Applies the function for this kind of choice. */
  <R> R match(Function<Named, R> named, Function<Matching, R> matching);

  /** Asks the brokers for the names of all topics. */
  @FunctionalInterface
  interface AllTopics {
    Collection<String> names() throws TopicException, InterruptedException;
  }

  /**
   * These.
   *
   * @param names at least one
   */
  record Named(List<String> names) implements Topics {

    private static final long serialVersionUID = 1L;

    public Named {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("names no topic, must name at least one");
      }
    }

    @Override
    public Collection<String> names(AllTopics all) {
      return names;
    }

    @Override
    public <R> R match(Function<Named, R> named, Function<Matching, R> matching) {
      return named.apply(this);
    }
  }

  /**
   * All topics whose whole name matches, including those created later.
   *
   * @param pattern a Java regular expression
   */
  record Matching(String pattern) implements Topics {

    private static final long serialVersionUID = 1L;

    public Matching {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "is \"" + pattern + "\", must be a regular expression: " + e.getDescription(), e);
      }
    }

    @Override
    public Collection<String> names(AllTopics all) throws TopicException, InterruptedException {
      List<String> names =
          all.names().stream().filter(Pattern.compile(pattern).asMatchPredicate()).toList();
      if (names.isEmpty()) {
        throw new TopicException(
            TopicException.Blame.TOPICS, "is \"" + pattern + "\", which matches no topic");
      }
      return names;
    }

    @Override
    public <R> R match(Function<Named, R> named, Function<Matching, R> matching) {
      return matching.apply(this);
    }
  }
}
