/**
 * Streams as Flink sources of mini-batches: what a source of records puts out is encoded and assigned
 * into steps, as fast as these are computed.
 */
@NullMarked
package dev.drey.operators.stream;

import org.jspecify.annotations.NullMarked;
