package dev.drey.job.specification.data;

/** Specifications of runs on streams. */
public final class StreamText {

  /** The shortest there is. */
  public static final String SHORTEST =
      """
      network:
        layers:
          - dense: {units: 2}
      data:
        kafka: {bootstrap-servers: "localhost:9092", topics: flights}
        format: json
        features:
          - number: {field: distance}
        label:
          above: {field: delay, threshold: 15}
      """;

  /** Gives every key another value than its default. */
  static final String EVERY_KEY =
      """
      name: flights
      network:
        layers:
          - dense: {units: 2}
      data:
        kafka:
          bootstrap-servers: one:9092, two:9092
          topic-pattern: flights-.*
          group: pilots
          start: 2026-01-31T12:00:00Z
          end: latest
          discovery: off
          lost-offsets: count
          properties:
            security.protocol: SASL_SSL
            sasl.jaas.config: {env: JAAS}
            ssl.truststore.password: {file: secrets/store}
        format:
          csv: {columns: [id, delay, distance, origin, at, wind], separator: ;}
        features:
          - number: {field: [distance, delay], scale: {min-max: {least: 0, most: 9}}, clip: 5, missing: mean}
          - category: {field: origin, vocabulary: [SEA, SFO], missing: reject}
          - category: {field: [id], buckets: 8, signed: true}
          - array: {field: wind, length: 3, scale: {fixed: {mean: 1, deviation: 2}}, missing: 0.5}
          - time: {field: at, parts: [hour, weekday]}
        label:
          category: {field: origin, vocabulary: [SEA, SFO]}
        max-wait: off
        hold-out: {fraction: 0.1, field: id, every: 50}
        dead-letter-topic: flights.dead
        max-record: 2 MB
      output:
        publish: {every: 100, gate: {examples: 500, tolerance: 0.05}}
      """
          .replace(", missing: mean", ", missing: indicator");

  static final String FLOATS =
      """
      network:
        layers:
          - dense: {units: 10}
      data:
        kafka: {bootstrap-servers: "localhost:9092", topics: [a, b], start: committed, end: none}
        format:
          floats: {features: 784, labels: 1, order: big-endian}
      training: {steps: 500}
      """;

  public static final String CUSTOM =
      """
      network:
        input: [4]
        layers:
          - dense: {units: 2}
      data:
        kafka: {bootstrap-servers: "localhost:9092", topics: flights, start: latest}
        format:
          custom: {class: org.example.Flights}
      """;

  private StreamText() {}
}
