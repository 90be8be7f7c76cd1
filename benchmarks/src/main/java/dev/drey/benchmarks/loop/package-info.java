/** The loop alone, with workers that answer at once: its speed, checkpoints, structures. */
@NullMarked
package dev.drey.benchmarks.loop;

import org.jspecify.annotations.NullMarked;
