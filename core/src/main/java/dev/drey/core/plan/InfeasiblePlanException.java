package dev.drey.core.plan;

/** What is asked for cannot be had; the message says what the nearest is that can. */
public final class InfeasiblePlanException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InfeasiblePlanException(String message) {
    super(message);
  }
}
