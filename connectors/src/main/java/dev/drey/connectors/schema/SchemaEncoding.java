package dev.drey.connectors.schema;

import dev.drey.core.feature.HoldOut;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import java.lang.reflect.InvocationTargetException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of records by a user's class. The class has no checkpointed state: what it keeps
 * between records is lost in a failure.
 *
 * @param className a {@code DeserializationSchema<Example>} with a public constructor without
 *     arguments
 * @param features number of features of an example
 * @param labels number of label values of an example
 * @param classes number of classes if labels are class numbers; 0 if any number is a label
 * @param holdOut which records are held out by their key, in addition to those that the class marks
 * @param limits size limits of a record
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
   * @throws IllegalArgumentException if it does not exist or is not such a class
   */
  @SuppressWarnings("unchecked") // SchemaEncoder checks the type of each example
  public DeserializationSchema<Example> instance() {
    try {
      Object made =
          Class.forName(className, true, Thread.currentThread().getContextClassLoader())
              .getConstructor()
              .newInstance();
      if (made instanceof DeserializationSchema<?> schema) {
        return (DeserializationSchema<Example>) schema;
      }
      throw new IllegalArgumentException(className + " is not a DeserializationSchema");
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(className + " is not on the class path", e);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw new IllegalArgumentException(
          className + " has no public constructor without arguments", e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(className + " cannot be created: " + e.getCause(), e);
    }
  }
}
