package dev.drey.job.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
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

/**
 * What failed and why, in one line: the message of the first exception that is not one of Flink's
 * wrappers, and that of its root cause.
 */
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

  /** Their class adds nothing to their message. */
  private static final Set<Class<?>> PLAIN =
      Set.of(
          IOException.class,
          IllegalStateException.class,
          IllegalArgumentException.class,
          FlinkRuntimeException.class);

  /** What operating systems and Java say of a full disk, in lower case. */
  private static final Set<String> DISK_FULL =
      Set.of("no space left on device", "disk quota exceeded", "not enough space");

  private FailureText() {}

  /** The text, without line breaks. */
  public static String of(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null && isAny(LAYERS, at)) {
      at = at.getCause();
    }
    String text = alone(at);
    Throwable root = root(at);
    if (root != at && !text.contains(message(root))) {
      text += "; cause: " + (isAny(PLAIN, root) || isAny(LAYERS, root) ? "" : simpleType(root));
      text += message(root);
    }
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** Whether a disk is full, as any exception in it says. */
  public static boolean isDiskFull(Throwable failure) {
    return isDiskFull(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean isDiskFull(Throwable failure, Set<Throwable> seen) {
    if (!seen.add(failure)) {
      return false;
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (DISK_FULL.stream().anyMatch(message::contains)) {
      return true;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (isDiskFull(suppressed, seen)) {
        return true;
      }
    }
    return failure.getCause() != null && isDiskFull(failure.getCause(), seen);
  }

  /** The message of an Error needs its class. */
  private static String alone(Throwable failure) {
    String type = type(failure);
    return failure.getMessage() == null || !type.endsWith("Error")
        ? message(failure)
        : type + ": " + message(failure);
  }

  /** A SerializedThrowable has the class in its message. */
  private static String message(Throwable failure) {
    String message = failure.getMessage();
    String type = type(failure);
    if (message == null || message.equals(type) || message.equals(type + ": null")) {
      return type;
    }
    return message.startsWith(type + ": ") ? message.substring(type.length() + 2) : message;
  }

  private static Throwable root(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable at = failure;
    while (at.getCause() != null && seen.add(at)) {
      at = at.getCause();
    }
    return at;
  }

  /** The simple name with a colon, unless it is the whole message. */
  private static String simpleType(Throwable failure) {
    String type = type(failure);
    return message(failure).equals(type)
        ? ""
        : type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1) + ": ";
  }

  private static String type(Throwable failure) {
    return failure instanceof SerializedThrowable serialized
        ? serialized.getOriginalErrorClassName()
        : failure.getClass().getName();
  }

  private static boolean isAny(Set<Class<?>> types, Throwable failure) {
    return types.stream().anyMatch(type -> type.getName().equals(type(failure)));
  }
}
