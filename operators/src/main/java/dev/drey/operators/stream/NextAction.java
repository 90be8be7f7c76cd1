package dev.drey.operators.stream;

import org.apache.flink.core.io.InputStatus;

/** Decides what a reader does for the unit whose mini-batch is filled next. Not thread-safe. */
final class NextAction {

  private final OpenUnits units;
  private final PartitionEncoders partitions;
  private final StepTimeout timeout;
  private InputStatus input = InputStatus.MORE_AVAILABLE;
  private boolean sourceIsEmpty; // the last poll gave no example for the next mini-batch
  private boolean splitsAssigned;

  /** What a reader can do. */
  enum Action {
    /** The mini-batch is put out with the examples it has. */
    EMIT,
    /** Records are read, if there are any. */
    READ,
    /** Nothing, until an event arrives. */
    WAIT
  }

  NextAction(OpenUnits units, PartitionEncoders partitions, StepTimeout timeout) {
    this.units = units;
    this.partitions = partitions;
    this.timeout = timeout;
  }

  /** The source of records was polled, and gave no example so far. */
  void polled(InputStatus status) {
    input = status;
    sourceIsEmpty = true;
  }

  /** The poll gave an example to train on. */
  void exampleRead() {
    sourceIsEmpty = false;
  }

  /** A mini-batch was put out: the source may have examples for the next one. */
  void emitted() {
    sourceIsEmpty = false;
  }

  /** All splits are assigned: a task that has no partition now gets none. */
  void splitsAssigned() {
    splitsAssigned = true;
  }

  /** Whether the source of records has ended. */
  boolean inputEnded() {
    return input == InputStatus.END_OF_INPUT;
  }

  /** What to do for the head of the open units. */
  Action of(StreamUnit head) {
    if (head.evaluates() || head.isFull() || units.isStopping()) {
      return Action.EMIT;
    }
    // Only in a step that some task has an example for: a silent stream makes no steps.
    if (units.isReplay(head) && units.isWanted(head)) {
      return Action.EMIT;
    }
    if (inputEnded()) {
      return units.isWanted(head) || head.hasRead() ? Action.EMIT : Action.WAIT;
    }
    if (partitions.isEmpty()) {
      return splitsAssigned && units.isWanted(head) ? Action.EMIT : Action.READ;
    }
    return isOver(head) && sourceIsEmpty ? Action.EMIT : Action.READ;
  }

  /** Whether the next action need not wait. */
  boolean isDueNow(StreamUnit head) {
    return switch (of(head)) {
      case EMIT -> true;
      case READ -> input == InputStatus.MORE_AVAILABLE || isOver(head);
      case WAIT -> false;
    };
  }

  /** Whether the wait for the step is over; records that are available at once are still read. */
  private boolean isOver(StreamUnit head) {
    if (head.hasExamples()) {
      timeout.served(head.step());
    }
    return units.isWanted(head) && timeout.isOver(head.step(), units.isBehind(head));
  }
}
