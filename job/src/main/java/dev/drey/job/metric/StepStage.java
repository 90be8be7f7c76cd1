package dev.drey.job.metric;

/** A part of a step, as one slot goes through it. The parts of a synchronous step add up to it. */
public enum StepStage {
  PERMIT("waiting for a free worker"),
  CALL("to the worker and back: client, HTTP, Lambda service, reading the gradient"),
  WORKER("in the worker: request, weights, gradient file, answer"),
  COMPUTE("in the worker: forward and backward"),
  SLOWEST("waiting for the slowest slot"),
  APPLY("parameter server: apply"),
  PUBLISH("parameter server: publish"),
  FLINK("rest: through Flink, from the new version to the request, from the answer to the server");

  private final String description;

  StepStage(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }
}
