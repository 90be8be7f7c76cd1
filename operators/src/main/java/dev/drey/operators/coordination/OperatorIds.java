package dev.drey.operators.coordination;

import java.nio.charset.StandardCharsets;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.shaded.guava33.com.google.common.hash.Hashing;

/** Computes the id that Flink derives from an operator's uid: its 128-bit murmur3 hash. */
final class OperatorIds {

  private OperatorIds() {}

  static OperatorID of(String uid) {
    return new OperatorID(Hashing.murmur3_128(0).hashString(uid, StandardCharsets.UTF_8).asBytes());
  }
}
