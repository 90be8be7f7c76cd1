package dev.drey.job.specification.workers;

/** Where gradients are computed. */
public enum WorkerRuntime {
  /** In worker processes on this machine, behind an embedded Lambda service. */
  LOCAL,
  /** In threads of this process. */
  IN_PROCESS,
  /** In AWS Lambda. */
  AWS
}
