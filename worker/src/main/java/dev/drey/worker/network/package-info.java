/** A network compiled to preallocated arrays: gradients, evaluations and predictions of it. */
@NullMarked
package dev.drey.worker.network;

import org.jspecify.annotations.NullMarked;
