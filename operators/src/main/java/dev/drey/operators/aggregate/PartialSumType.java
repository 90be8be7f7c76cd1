package dev.drey.operators.aggregate;

import dev.drey.core.aggregation.PartialSum;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of the streams between workers and parameter server. */
public final class PartialSumType extends TypeInformation<PartialSum> {

  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<PartialSum> createSerializer(SerializerConfig config) {
    return new PartialSumSerializer();
  }

  @Override
  public Class<PartialSum> getTypeClass() {
    return PartialSum.class;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public String toString() {
    return "PartialSum";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartialSumType;
  }

  @Override
  public int hashCode() {
    return PartialSumType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof PartialSumType;
  }
}
