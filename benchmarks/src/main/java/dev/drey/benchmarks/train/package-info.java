/** A whole training run, beside the same one in PyTorch. */
@NullMarked
package dev.drey.benchmarks.train;

import org.jspecify.annotations.NullMarked;
