/**
 * oneDNN, Intel's library of kernels for neural networks, called directly: a primitive is made once
 * for fixed arrays, and executing it costs less than a microsecond on top of the arithmetic.
 */
@NullMarked
package dev.drey.worker.onednn;

import org.jspecify.annotations.NullMarked;
