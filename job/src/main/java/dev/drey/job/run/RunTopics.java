package dev.drey.job.run;

import dev.drey.connectors.kafka.RunTopic;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.TopicSettings;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Makes sinks for the topics that a run writes to.
 *
 * @param id of the run, in the names of Kafka's transactions
 */
record RunTopics(RunSpecification specification, UUID id) {

  /** The prefix of the names of one sink's transactions. */
  String transactions(String sink) {
    return id + "-" + sink;
  }

  /**
   * A sink.
   *
   * @param name of the sink, unlike that of every other sink of the run
   */
  <T> Sink<T> sink(TopicSettings topic, String name, RunTopic.JsonEncoder<T> encoder) {
    return RunTopic.sink(
        topic.kafka(specification.stream()),
        topic.topic(),
        transactions(name),
        specification.name(),
        encoder);
  }
}
