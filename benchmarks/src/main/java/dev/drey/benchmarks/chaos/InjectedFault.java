package dev.drey.benchmarks.chaos;

/** The kinds of faults that are injected into a run. */
enum InjectedFault {
  /** The worker's code throws. */
  WORKER_THROWS(Site.WORKER),
  /** The worker's process ends while it computes. */
  WORKER_EXITS(Site.WORKER),
  /** The worker runs past its timeout. */
  WORKER_HANGS(Site.WORKER),
  /** The worker is slow, though not too slow. */
  WORKER_STRAGGLES(Site.WORKER),
  /** The answer is not JSON. */
  ANSWER_GARBAGE(Site.WORKER),
  /** The answer is of an unknown protocol version. */
  ANSWER_OF_ANOTHER_PROTOCOL(Site.WORKER),
  /** The answer is to the request of the step before. */
  ANSWER_OF_ANOTHER_STEP(Site.WORKER),
  /** The answer is to a request of an earlier attempt of the job, which has failed since. */
  ANSWER_OF_ANOTHER_INCARNATION(Site.WORKER),
  /** The answer was computed with another version of the weights. */
  ANSWER_OF_ANOTHER_VERSION(Site.WORKER),
  /** The gradient has one value too few. */
  ANSWER_TOO_SHORT(Site.WORKER),
  /** The gradient's checksum is wrong. */
  ANSWER_CORRUPT(Site.WORKER),
  /** The gradient holds a NaN. */
  ANSWER_NOT_FINITE(Site.WORKER),
  /** The service says that there are too many invocations. */
  CALL_THROTTLED(Site.CALL),
  /** The service cannot be reached. */
  CALL_UNAVAILABLE(Site.CALL),
  /** The answer is lost on its way. */
  ANSWER_LOST(Site.CALL),
  /** The answer comes two steps late. */
  ANSWER_LATE(Site.CALL),
  /** Published weights are gone. */
  WEIGHTS_MISSING(Site.STORE),
  /** Published weights are cut short. */
  WEIGHTS_TRUNCATED(Site.STORE),
  /** A bit of the published weights is wrong. */
  WEIGHTS_CORRUPT(Site.STORE),
  /** Publishing takes a while. */
  STORE_SLOW(Site.STORE),
  /** The store cannot be written for a while. */
  STORE_DOWN(Site.STORE),
  /** A task of the job throws. */
  TASK_THROWS(Site.STORE),
  /** kill -9 of a worker. */
  WORKER_KILLED(Site.PROCESS),
  /** A worker is paused for a while, as on a machine without free CPU time. */
  WORKER_PAUSED(Site.PROCESS),
  /** Something else computes on all processors. */
  MACHINE_BUSY(Site.PROCESS),
  /** kill -9 of the whole program: JobManager, TaskManager and client; then --resume. */
  PROGRAM_KILLED(Site.PROCESS),
  /** The same, and the last checkpoint is cut in half before --resume. */
  CHECKPOINT_DAMAGED(Site.PROCESS),
  /** The same, and --resume must be refused while a data file is not what it was. */
  DATA_CHANGED(Site.PROCESS);

  /** Where a fault is injected. */
  enum Site {
    /** In the worker's process, before or after the real function. */
    WORKER,
    /** Between dispatch and the service's client. */
    CALL,
    /** Around the weight store. */
    STORE,
    /** From outside. */
    PROCESS
  }

  private final Site site;

  InjectedFault(Site site) {
    this.site = site;
  }

  Site site() {
    return site;
  }

  /** Whether a run on a stream has it, too. */
  boolean isForStreams() {
    return this != DATA_CHANGED;
  }
}
