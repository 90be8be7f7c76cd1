package dev.drey.job.flink;

import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.client.JobInitializationException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.SerializedThrowable;

/** The message of a failure's cause, without the exceptions that Flink wrapped around it. */
public final class FailureText {

  private static final Set<Class<?>> LAYERS =
      Set.of(
          ExecutionException.class,
          CompletionException.class,
          UncheckedIOException.class,
          JobExecutionException.class,
          JobInitializationException.class,
          FlinkException.class,
          FlinkRuntimeException.class,
          JobException.class,
          SuppressRestartsException.class,
          // These themselves, not their subclasses: Flink wraps with them.
          Exception.class,
          RuntimeException.class);

  private FailureText() {}

  public static String of(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null && isLayer(at)) {
      at = at.getCause();
    }
    String message = at.getMessage();
    String type = type(at);
    if (message == null) {
      return type;
    }
    // A SerializedThrowable has the class in its message. The message of an Error needs it.
    String text = message.startsWith(type + ": ") ? message.substring(type.length() + 2) : message;
    return type.endsWith("Error") ? type + ": " + text : text;
  }

  private static String type(Throwable failure) {
    return failure instanceof SerializedThrowable serialized
        ? serialized.getOriginalErrorClassName()
        : failure.getClass().getName();
  }

  private static boolean isLayer(Throwable failure) {
    return LAYERS.stream().anyMatch(layer -> layer.getName().equals(type(failure)));
  }
}
