package dev.drey.worker;

import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.WorkAnswer.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instruction set to which this process's numerical libraries are restricted, as far as its
 * environment shows: the libraries read the variables once, when they are loaded, and do not report
 * the outcome.
 *
 * @param variables environment variables of the process
 * @param architecture the processor's, as in {@code os.arch}
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
   * Checks that the process is restricted as requested.
   *
   * @param wanted the requested instruction set; null for any
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
        "the request asks for kernels %s, to which this worker is not restricted: %s"
            .formatted(wanted, why));
  }
}
