package dev.drey.job.metric;

/** A stage of a slot's way through a step. The stages of a synchronous step add up to its time. */
public enum StepStage {
  PERMIT("waiting for a free worker"),
  CALL("to the worker and back: client, HTTP, Lambda service, reading of the gradient"),
  WORKER("in the worker: request, weights, gradient file, answer"),
  COMPUTE("in the worker: forward and backward"),
  SLOWEST("waiting for the slowest slot"),
  APPLY("parameter server: apply"),
  PUBLISH("parameter server: publish"),
  FLINK("rest: Flink, from the new version to the request and from the answer to the server");

  private final String description;

  StepStage(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }
}
