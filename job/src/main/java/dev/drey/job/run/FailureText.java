package dev.drey.job.run;

import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.SerializedThrowable;

/** What a failure comes to, without the layers that passed it on. */
final class FailureText {

  private static final Set<Class<?>> LAYERS =
      Set.of(
          ExecutionException.class,
          CompletionException.class,
          UncheckedIOException.class,
          JobExecutionException.class,
          JobException.class,
          SuppressRestartsException.class,
          // These two as they are, not those that derive from them: Flink wraps with them.
          Exception.class,
          RuntimeException.class);

  private FailureText() {}

  static String of(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null && isLayer(at)) {
      at = at.getCause();
    }
    String message = at.getMessage();
    if (message == null) {
      return at.toString();
    }
    return at instanceof SerializedThrowable serialized
        ? message.replace(serialized.getOriginalErrorClassName() + ": ", "")
        : message;
  }

  private static boolean isLayer(Throwable failure) {
    if (failure instanceof SerializedThrowable serialized) {
      String name = serialized.getOriginalErrorClassName();
      return LAYERS.stream().anyMatch(layer -> layer.getName().equals(name));
    }
    return LAYERS.contains(failure.getClass());
  }
}
