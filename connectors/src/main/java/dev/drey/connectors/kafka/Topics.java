package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;

/** Which topics are read. */
public sealed interface Topics extends Serializable {

  /** Has a source read them. */
  void subscribe(KafkaSourceBuilder<?> source);

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
    public void subscribe(KafkaSourceBuilder<?> source) {
      source.setTopics(names);
    }
  }

  /**
   * All whose whole name matches, those made later too.
   *
   * @param pattern a regular expression of Java
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
    public void subscribe(KafkaSourceBuilder<?> source) {
      source.setTopicPattern(Pattern.compile(pattern));
    }
  }
}
