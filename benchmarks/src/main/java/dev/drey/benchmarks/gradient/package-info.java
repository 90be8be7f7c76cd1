/** Gradients of a worker, timed in its own process beside PyTorch's. */
@NullMarked
package dev.drey.benchmarks.gradient;

import org.jspecify.annotations.NullMarked;
