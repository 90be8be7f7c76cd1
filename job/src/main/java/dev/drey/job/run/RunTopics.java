package dev.drey.job.run;

import dev.drey.connectors.kafka.RunTopic;
import dev.drey.connectors.kafka.TransactionTimeout;
import dev.drey.connectors.kafka.Transactions;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.TopicSettings;
import java.time.Duration;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Makes sinks for the topics that a run writes to.
 *
 * @param id of the run, in the names of Kafka's transactions
 * @param timeout of transactions
 */
record RunTopics(RunSpecification specification, UUID id, Duration timeout) {

  /**
   * Transactions as long as the environment's interval of checkpoints needs.
   *
   * @param id of the run
   */
  static RunTopics of(RunSpecification specification, UUID id, StreamExecutionEnvironment env) {
    long millis = Math.max(0, env.getCheckpointConfig().getCheckpointInterval()); // -1 for none
    return new RunTopics(specification, id, TransactionTimeout.of(Duration.ofMillis(millis)));
  }

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
