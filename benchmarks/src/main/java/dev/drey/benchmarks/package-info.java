/** The command line of the measurements, {@code bin/drey bench}. */
@NullMarked
package dev.drey.benchmarks;

import org.jspecify.annotations.NullMarked;
