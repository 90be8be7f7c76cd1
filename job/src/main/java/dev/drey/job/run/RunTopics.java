package dev.drey.job.run;

import dev.drey.connectors.kafka.RunTopic;
import dev.drey.connectors.kafka.Transactions;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.TopicSettings;
import java.time.Duration;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Makes sinks for the topics that a run writes to.
 *
 * @param id of the run, in the names of Kafka's transactions
 * @param timeout of transactions
 */
record RunTopics(RunSpecification specification, UUID id, Duration timeout) {

  /** The transactions of one sink. */
  Transactions transactions(String sink) {
    return new Transactions(id + "-" + sink, timeout);
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
