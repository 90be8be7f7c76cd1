package dev.drey.job.specification;

/** Specifications that give every key another value than its default. */
final class EveryKey {

  static final String IDX =
      """
      name: my-run
      network:
        input: [4]
        layers:
          - dense: {units: 3, activation: tanh, initializer: he-normal}
          - dense: {units: 2}
        loss: mean-squared-error
        init-from: start.npz
      data:
        format: npy
        features: x.npy
        labels: y.npy
        test: {features: test/x.npy, labels: /test/y.npy}
        normalization:
          fixed: {mean: [1, 2.5, 3, 4], deviation: [1, 0.1, 3, 1e3]}
      training:
        optimizer:
          adamw: {beta1: 0.8, beta2: 0.9, epsilon: 1e-3, weight-decay: 0.1}
        learning-rate:
          rate: 1e-2
          schedule:
            cosine: {over: 5 epochs, final-factor: 0.1}
          warm-up: 100 steps
          batch-size-rule: square-root
          reference-batch: 128
        epochs: 20
        mini-batch: 32
        seed: 7
        staleness: 3
        clip-norm: 2.5
        l2: 1e-3
        prequential: {window: 500, fading: 0.99}
        drift:
          detector: {page-hinkley: {tolerance: 0.1, threshold: 2}}
          on: loss
          range: 3
          reaction: {boost: {factor: 4, steps: 30}}
      workers:
        count: 6
        concurrency: 3
        memory: 2 GB
        runtime: aws
        function: arn:aws:lambda:eu-central-1:123456789012:function:drey
        region: eu-central-1
        endpoint: http://localhost:9001
        token: {env: LAMBDA_TOKEN}
        timeout: 2 min
        attempts: 5
        grace: 3 s
        deadline: 20 min
        backoff: {first: 50 ms, longest: 2 s}
        hedge: {quantile: 0.9, factor: 2.5}
        quorum: 0.75
        stall: 1 h
        architecture: arm
      aggregation:
        structure: [1, 2, 6]
      planning:
        profile: profile.json
        goal: cost
      store:
        directory: weights
        deadline: 30 s
      checkpoints:
        interval: 500 ms
        directory: /tmp/checkpoints
        stop-within: 5 s
        restarts: {first: 2 s, longest: 40 s, reset-after: 2 h, most: 50}
      budget:
        dollars: 0.5
        steps: 1000
      output:
        directory: out
        publish:
          every: 100
          to: published
          announce: {topic: models, bootstrap-servers: one:9092}
        metrics-topic:
          topic: curves
          bootstrap-servers: one:9092, two:9092
          properties: {security.protocol: SSL}
      """;

  static final String CSV =
      """
      network:
        layers:
          - dense: {units: 1}
        loss: {huber: {delta: 0.5}}
      data:
        format: csv
        file: flights.csv
        feature-columns: [distance, hour of day]
        label-columns: [delay]
        test: {file: later.csv}
        normalization: standard
      training:
        optimizer:
          nesterov: {momentum: 0.5}
        learning-rate:
          rate: 0.1
          schedule:
            step: {every: 2 epochs, factor: 0.5}
        staleness: unbounded
      """;

  static final String STEPS =
      """
      network:
        layers:
          - dense: {units: 3}
        loss:
          softmax-cross-entropy: {label-smoothing: 0.1, class-weights: [1, 0.5, 2]}
      data:
        format: idx
        features: images.gz
        labels: labels.gz
        test: {fraction: 0}
        normalization: none
      training:
        optimizer:
          momentum: {momentum: 0.5}
        learning-rate:
          rate: 0.1
          schedule: cosine
        steps: 5_000_000_000
        drift: {detector: {adwin: {delta: 0.1}}, reaction: reset-optimizer}
      workers:
        runtime: in-process
        memory: auto
        reproducible: true
        timeout: 15 min
        backoff: {first: 8 s}
        hedge: off
      aggregation:
        structure: auto
        planned: [1, 2, 2]
      """;

  private EveryKey() {}
}
