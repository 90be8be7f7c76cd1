package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;

/** A selection of topics. */
public sealed interface Topics extends Serializable {

  /** Subscribes a source to these topics. */
  void subscribe(KafkaSourceBuilder<?> source);

  /**
   * The topics with these names.
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
    public void subscribe(KafkaSourceBuilder<?> source) {
      source.setTopicPattern(Pattern.compile(pattern));
    }
  }
}
