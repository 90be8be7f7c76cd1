/** The mathematics of each loss: its value, and its gradient by the network's outputs. */
@NullMarked
package dev.drey.worker.loss;

import org.jspecify.annotations.NullMarked;
