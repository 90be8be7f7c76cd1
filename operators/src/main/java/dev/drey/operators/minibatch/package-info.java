/** Data sets as Flink sources of mini-batches. */
@NullMarked
package dev.drey.operators.minibatch;

import org.jspecify.annotations.NullMarked;
