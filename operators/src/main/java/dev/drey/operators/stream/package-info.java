/**
 * Streams as Flink sources of mini-batches: records are encoded and distributed over the slots of
 * steps, only as fast as steps are computed.
 */
@NullMarked
package dev.drey.operators.stream;

import org.jspecify.annotations.NullMarked;
