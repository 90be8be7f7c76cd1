package dev.drey.connectors.schema;

import dev.drey.core.feature.HoldOut;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import java.lang.reflect.InvocationTargetException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.jspecify.annotations.Nullable;

/**
 * Examples made by a class of the user's. It learns nothing: what it keeps from record to record is
 * lost with a failure.
 *
 * @param className of a {@code DeserializationSchema<Example>} with a public constructor without
 *     arguments
 * @param features numbers of an example
 * @param labels numbers of its label
 * @param classes labels are whole numbers below; 0 for numbers of any kind
 * @param holdOut what is for evaluations, beside what the class says; by the record's key
 * @param limits of one record
 */
public record SchemaEncoding(
    String className, int features, int labels, int classes, HoldOut holdOut, RecordLimits limits)
    implements Encoder.Factory {

  private static final long serialVersionUID = 1L;

  @Override
  public Encoder open(byte @Nullable [] learnt) {
    if (learnt != null && learnt.length > 0) {
      throw new IllegalArgumentException(
          "what was learnt has " + learnt.length + " bytes, " + className + " learns nothing");
    }
    return new SchemaEncoder(this, instance());
  }

  /**
   * A new instance of the class.
   *
   * @throws IllegalArgumentException if it is not there, or not what it must be
   */
  @SuppressWarnings("unchecked") // that they are examples is looked at one by one
  public DeserializationSchema<Example> instance() {
    try {
      Object made =
          Class.forName(className, true, Thread.currentThread().getContextClassLoader())
              .getConstructor()
              .newInstance();
      if (made instanceof DeserializationSchema<?> schema) {
        return (DeserializationSchema<Example>) schema;
      }
      throw new IllegalArgumentException(className + " is no DeserializationSchema");
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(className + " is not on the class path", e);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw new IllegalArgumentException(
          className + " has no public constructor without arguments", e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(className + " cannot be made: " + e.getCause(), e);
    }
  }
}
