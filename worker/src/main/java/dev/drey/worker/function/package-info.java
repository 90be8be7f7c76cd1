/**
 * Elementary functions and their derivatives on arrays of floats, in loops without branches that
 * the JVM turns into vector instructions: their only operations are those of IEEE 754, so that they
 * give the same bits on every processor, interpreted or compiled.
 */
@NullMarked
package dev.drey.worker.function;

import org.jspecify.annotations.NullMarked;
