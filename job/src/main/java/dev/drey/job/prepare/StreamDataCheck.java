package dev.drey.job.prepare;

import dev.drey.connectors.kafka.TopicException;
import dev.drey.connectors.schema.SchemaEncoding;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.feature.Feature;
import dev.drey.core.feature.Label;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import dev.drey.core.record.FieldPath;
import dev.drey.core.record.RecordFormat;
import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Reservoir;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.data.FormatSettings;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.network.NetworkSettings;
import dev.drey.job.specification.training.DriftSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proves that a run's stream can be read and that its network fits it. Used once. */
final class StreamDataCheck {

  /** Limit of the examples kept for replays, in memory and in every checkpoint. */
  private static final long MOST_RESERVOIR_BYTES = 64L << 20;

  /** Approximate size of an example without its numbers. */
  private static final int PLACE_BYTES = 200;

  private final RunSpecification specification;
  private final PartitionLookup topics;
  private final StreamSettings stream;
  private final List<Fault> faults = new ArrayList<>();

  StreamDataCheck(RunSpecification specification, PartitionLookup topics) {
    this.topics = topics;
    this.specification = specification;
    this.stream = specification.stream().orElseThrow();
  }

  PreparedStream run() throws SpecificationException, InterruptedException {
    Optional<RecordFormat> format = format();
    format.ifPresent(this::checkFields);
    int width = width();
    NetworkSpec network = network(width);
    checkFit(width, network);
    int partitions = partitions();
    WorkerMemory memory =
        WorkerMemory.of(
            network,
            specification.training().miniBatch(),
            stream.holdOut().fraction() > 0 ? WorkerMemory.MAX_CHUNK : 0,
            0);
    DataCheck.memoryFault(specification, memory).ifPresent(faults::add);
    checkReplay(network);
    Encoder.Factory encoding = encoding(format, network);
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
    return new PreparedStream(stream, network, encoding, partitions, memory);
  }

  /** The format; empty if a class of the user's reads the records, or if the format is faulty. */
  private Optional<RecordFormat> format() {
    try {
      return stream.format().open();
    } catch (IOException | IllegalArgumentException e) {
      faults.add(Fault.of("data.format", String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private void checkFields(RecordFormat format) {
    List<Feature> features = stream.features().orElse(List.of());
    for (int i = 0; i < features.size(); i++) {
      checkFields(format, "data.features[" + i + "]", features.get(i).fields());
    }
    checkFields(
        format, "data.label", stream.label().map(label -> label.fields()).orElse(List.of()));
    checkFields(
        format,
        "data.hold-out.field",
        stream.holdOut().field().map(field -> List.of(field)).orElse(List.of()));
  }

  private void checkFields(RecordFormat format, String key, List<FieldPath> fields) {
    for (FieldPath field : fields) {
      format.fault(field).ifPresent(fault -> faults.add(Fault.of(key, field + " " + fault)));
    }
  }

  /** Numbers of an example; 0 if only the network's input says how many. */
  private int width() {
    return stream.features().orElse(List.of()).stream().mapToInt(Feature::width).sum();
  }

  private NetworkSpec network(int width) throws SpecificationException {
    NetworkSettings network = specification.network();
    if (width == 0 && network.input().isEmpty()) {
      faults.add(
          Fault.of("network.input", "is missing: the class of data.format does not give it"));
      throw new SpecificationException(faults);
    }
    try {
      return network.bind(List.of(width));
    } catch (SpecificationException e) {
      faults.addAll(e.faults());
      throw new SpecificationException(faults);
    }
  }

  private void checkFit(int width, NetworkSpec network) {
    if (width > 0 && width != network.inputWidth()) {
      faults.add(
          Fault.of(
              specification.network().input().isPresent() ? "network.input" : "data.features",
              "%s is %d values, the features of a record are %d"
                  .formatted(network.input(), network.inputWidth(), width)));
    }
    Optional<Label> label = stream.label();
    if (label.isPresent() && label.get().width() != network.labelWidth()) {
      faults.add(
          Fault.of(
              "data.label",
              "has %d values, the loss over %d outputs takes %d"
                  .formatted(label.get().width(), network.outputWidth(), network.labelWidth())));
    }
    int classes = classes(network);
    if (label.isPresent()
        && label.get() instanceof Label.Category category
        && category.vocabulary().words().size() != classes) {
      faults.add(
          Fault.of(
              "data.label.category.vocabulary",
              "has %d words, the network has %s"
                  .formatted(
                      category.vocabulary().words().size(),
                      classes == 0 ? "no classes" : classes + " classes")));
    }
  }

  private static int classes(NetworkSpec network) {
    return network.loss().classes(network.outputWidth()).orElse(0);
  }

  private void checkReplay(NetworkSpec network) {
    specification
        .training()
        .drift()
        .flatMap(DriftSettings::replay)
        .ifPresent(
            replay -> {
              long each =
                  PLACE_BYTES + (long) Float.BYTES * (network.inputWidth() + network.labelWidth());
              long most = MOST_RESERVOIR_BYTES / (Reservoir.CAPACITY_FACTOR * each);
              if (replay.examples() > most) {
                faults.add(
                    Fault.of(
                        "training.drift.reaction.replay.examples",
                        "is %d, must be at most %d: %d times as many are kept, of %d bytes each, in %d MB"
                            .formatted(
                                replay.examples(),
                                most,
                                Reservoir.CAPACITY_FACTOR,
                                each,
                                MOST_RESERVOIR_BYTES >> 20)));
              }
            });
  }

  private int partitions() throws InterruptedException {
    try {
      return topics.partitions(stream.kafka()).values().stream().mapToInt(Integer::intValue).sum();
    } catch (TopicException e) {
      faults.add(Fault.of(key(e.blame()), String.valueOf(e.getMessage())));
      return 0;
    }
  }

  private String key(TopicException.Blame blame) {
    return switch (blame) {
      case SERVERS -> "data.kafka.bootstrap-servers";
      case PROPERTIES -> "data.kafka.properties";
      case TOPICS ->
          stream
              .kafka()
              .topics()
              .match(named -> "data.kafka.topics", matching -> "data.kafka.topic-pattern");
    };
  }

  private Encoder.Factory encoding(Optional<RecordFormat> format, NetworkSpec network)
      throws SpecificationException {
    if (stream.format() instanceof FormatSettings.Custom custom) {
      SchemaEncoding encoding =
          new SchemaEncoding(
              custom.className(),
              network.inputWidth(),
              network.labelWidth(),
              classes(network),
              stream.holdOut().holdOut(),
              stream.limits());
      try {
        encoding.instance();
      } catch (IllegalArgumentException e) {
        faults.add(Fault.of("data.format.custom.class", String.valueOf(e.getMessage())));
      }
      return encoding;
    }
    if (format.isEmpty()) {
      throw new SpecificationException(faults);
    }
    return new ExampleEncoding(
        format.get(),
        stream.features().orElseThrow(),
        stream.label().orElseThrow(),
        classes(network),
        stream.holdOut().holdOut(),
        stream.limits());
  }
}
