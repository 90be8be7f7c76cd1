package dev.drey.worker;

import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.WorkAnswer.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the kernels of this process are held to. The libraries read their variables once, when they
 * are loaded; they do not tell what they made of them.
 *
 * @param variables of the process
 * @param architecture of its processor, as {@code os.arch} has it
 */
record HeldKernels(Map<String, String> variables, String architecture) {

  private static final String X86 = "amd64";

  HeldKernels {
    variables = Map.copyOf(variables);
  }

  static HeldKernels ofThisProcess() {
    return new HeldKernels(System.getenv(), System.getProperty("os.arch"));
  }

  /**
   * Refuses what the kernels are not held to.
   *
   * @param wanted null for whichever there are
   */
  void check(@Nullable Kernels wanted) throws RefusedException {
    if (wanted == null) {
      return;
    }
    if (!architecture.equals(X86)) {
      throw refusal(wanted, "its processor is " + architecture + ", must be " + X86);
    }
    if (!wanted.areSetIn(variables)) {
      throw refusal(wanted, "the environment of its process must have " + wanted.settings());
    }
  }

  private static RefusedException refusal(Kernels wanted, String why) {
    return new RefusedException(
        Reason.BAD_REQUEST,
        "the request asks for kernels %s, to which this worker is not held: %s"
            .formatted(wanted, why));
  }
}
