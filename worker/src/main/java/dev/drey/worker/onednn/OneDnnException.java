package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_invalid_arguments;
import static org.bytedeco.dnnl.global.dnnl.dnnl_out_of_memory;
import static org.bytedeco.dnnl.global.dnnl.dnnl_runtime_error;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;
import static org.bytedeco.dnnl.global.dnnl.dnnl_unimplemented;

/** The failure of a oneDNN call. */
public final class OneDnnException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private OneDnnException(String what, int status) {
    super("oneDNN: " + what + ": " + text(status));
  }

  /** Throws unless the status of a call says that it succeeded. */
  static void check(int status, String what) {
    if (status != dnnl_success) {
      throw new OneDnnException(what, status);
    }
  }

  private static String text(int status) {
    if (status == dnnl_out_of_memory) {
      return "out of memory";
    }
    if (status == dnnl_invalid_arguments) {
      return "invalid arguments";
    }
    if (status == dnnl_unimplemented) {
      return "not implemented";
    }
    if (status == dnnl_runtime_error) {
      return "failed at run time";
    }
    return "status " + status;
  }
}
