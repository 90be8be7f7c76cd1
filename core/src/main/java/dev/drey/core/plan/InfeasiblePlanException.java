package dev.drey.core.plan;

/** Thrown when no plan meets the constraints; the message names the nearest feasible value. */
public final class InfeasiblePlanException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InfeasiblePlanException(String message) {
    super(message);
  }
}
