/** The stores that a worker reads weights from and writes results to. */
@NullMarked
package dev.drey.worker.store;

import org.jspecify.annotations.NullMarked;
