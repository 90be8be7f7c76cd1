package dev.drey.connectors.kafka;

/** What happens where records are gone that a run has not read yet. */
public enum LostOffsets {
  /** The run fails and names the offsets. */
  FAIL,
  /** Their number is added to the run's account, and reading continues behind them. */
  COUNT
}
