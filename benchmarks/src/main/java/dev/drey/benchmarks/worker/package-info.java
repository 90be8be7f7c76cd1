/** One worker's process: its kernels and its memory. */
@NullMarked
package dev.drey.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
