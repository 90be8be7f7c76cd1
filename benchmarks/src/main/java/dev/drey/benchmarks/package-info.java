/** The measurements, each a command of {@code bin/drey bench}. */
@NullMarked
package dev.drey.benchmarks;

import org.jspecify.annotations.NullMarked;
