/** The loop as a Flink graph: mini-batches, dispatch, the tree, the parameter server. */
@NullMarked
package dev.drey.operators.loop;

import org.jspecify.annotations.NullMarked;
