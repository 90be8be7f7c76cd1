package dev.drey.job.prepare;

import dev.drey.connectors.kafka.TopicException;
import dev.drey.job.specification.OutputSettings;
import dev.drey.job.specification.PublishSettings;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.TopicSettings;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.key.Fault;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Proves that the places and topics that a run writes to can be written. Used once. */
final class OutputCheck {

  private static final String PUBLISH = "output.publish.to";

  private final RunSpecification specification;
  private final PartitionLookup topics;
  private final List<Fault> faults = new ArrayList<>();

  OutputCheck(RunSpecification specification, PartitionLookup topics) {
    this.specification = specification;
    this.topics = topics;
  }

  List<Fault> faults() throws InterruptedException {
    OutputSettings output = specification.output();
    Optional<StreamSettings> stream = specification.stream();
    Optional<String> deadLetters = stream.flatMap(StreamSettings::deadLetterTopic);
    if (deadLetters.isPresent()) {
      checkTopic("data.dead-letter-topic", "", topicOfStream(deadLetters.get()));
    }
    Optional<PublishSettings> publish = output.publish();
    publish.flatMap(PublishSettings::to).ifPresent(this::checkFileSystem);
    Optional<TopicSettings> announce = publish.flatMap(PublishSettings::announce);
    if (announce.isPresent()) {
      checkTopic("output.publish.announce", ".topic", announce.get());
    }
    if (output.metricsTopic().isPresent()) {
      checkTopic("output.metrics-topic", ".topic", output.metricsTopic().get());
    }
    return faults;
  }

  private static TopicSettings topicOfStream(String topic) {
    return new TopicSettings(topic, Optional.empty(), Map.of());
  }

  private void checkTopic(String key, String name, TopicSettings topic)
      throws InterruptedException {
    try {
      topics.partitions(topic.kafka(specification.stream()));
    } catch (TopicException e) {
      String section = topic.servers().isPresent() ? key : "data.kafka";
      String at =
          switch (e.blame()) {
            case TOPICS -> key + name;
            case SERVERS -> section + ".bootstrap-servers";
            case PROPERTIES -> section + ".properties";
          };
      Fault fault = Fault.of(at, String.valueOf(e.getMessage()));
      if (!faults.contains(fault)) {
        faults.add(fault);
      }
    }
  }

  private void checkFileSystem(URI to) {
    try {
      FileSystem.get(to).exists(new Path(to)); // a request: a wrong bucket or key fails it
    } catch (UnsupportedFileSystemSchemeException e) {
      faults.add(
          Fault.of(
              PUBLISH,
              "is %s, and Flink has no file system %s: its plugin must be in FLINK_PLUGINS_DIR"
                  .formatted(to, to.getScheme())));
    } catch (IOException e) {
      faults.add(Fault.of(PUBLISH, "is " + to + ", which cannot be used: " + e));
    }
  }
}
