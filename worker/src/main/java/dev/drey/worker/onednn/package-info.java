/**
 * Direct calls of oneDNN, Intel's library of neural network kernels. A primitive is created once
 * for fixed arrays; executing it has an overhead below a microsecond.
 */
@NullMarked
package dev.drey.worker.onednn;

import org.jspecify.annotations.NullMarked;
