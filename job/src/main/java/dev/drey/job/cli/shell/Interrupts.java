package dev.drey.job.cli.shell;

import dev.drey.job.run.StopSignal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Handles Ctrl-C (SIGINT) and SIGTERM while it is open. A shutdown hook would not do: all hooks run
 * at once, so Flink and the workers would be torn down while the model is being saved.
 *
 * <p>The JDK's only way is {@code sun.misc.Signal} of the module jdk.unsupported, for which javac
 * gives a warning: hence the reflection. On a JVM without it, Ctrl-C ends the process at once.
 */
public final class Interrupts implements AutoCloseable {

  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final Map<String, Object> before = new LinkedHashMap<>();

  /**
   * Starts to handle the signals.
   *
   * @param first run at the first signal, on a thread of the JVM's
   * @param again run at every later one
   */
  public Interrupts(Runnable first, Runnable again) {
    StopSignal seen = new StopSignal();
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                (seen.request() ? first : again).run();
                yield null;
              }
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "drey";
            };
    for (String signal : SIGNALS) {
      try {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        before.put(
            signal,
            handle(
                signal,
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler)));
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        System.getLogger(Interrupts.class.getName())
            .log(System.Logger.Level.WARNING, "signal {0} cannot be taken: {1}", signal, e);
      }
    }
  }

  /** Sets a signal's handler; returns the one before. */
  private static Object handle(String signal, Object handler) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    return signalType
        .getMethod("handle", signalType, handlerType)
        .invoke(null, signalType.getConstructor(String.class).newInstance(signal), handler);
  }

  /** Restores the former handlers. */
  @Override
  public void close() {
    before.forEach(
        (signal, handler) -> {
          try {
            handle(signal, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("signal " + signal + " was taken, so it can be", e);
          }
        });
  }
}
