package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * The uids of a job's operators: by these a savepoint knows whose state is whose, and the operators
 * of the loop find each other.
 *
 * @param prefix of every uid: empty for a training run, another for each loop of a job that has
 *     several
 * @param generation of the aggregation tree. The operators that depend on its structure have it in
 *     their uids, so that those of the next generation begin without state
 */
public record Uids(String prefix, int generation) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Those of a training run with the structure that it started with. */
  public static final Uids FIRST = new Uids("", 0);

  /** Of an operator that keeps its state when the structure of the tree changes. */
  public String of(String operator) {
    return prefix + operator;
  }

  /** Of an operator that begins without state when the structure of the tree changes. */
  public String ofGeneration(String operator) {
    return generation == 0 ? of(operator) : of(operator) + "@" + generation;
  }

  /** Of the source of mini-batches. */
  public String source() {
    return ofGeneration("mini-batches");
  }

  /** Of the parameter server, whose coordinator answers {@link StepRequest}s. */
  public String server() {
    return of("parameter-server");
  }
}
