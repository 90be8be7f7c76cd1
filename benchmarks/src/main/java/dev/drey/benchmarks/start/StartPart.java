package dev.drey.benchmarks.start;

/** The parts of a worker's start, in their order. */
enum StartPart {
  JVM("the process and its JVM, until main"),
  NATIVE("native libraries, found in the cache and loaded"),
  ND4J("ND4J's start, and the handler's: a tiny gradient"),
  FIRST("the first request: JSON, data, weights, and the gradient of 784-512-256-10, batch 128");

  private final String description;

  StartPart(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }
}
