/** Faults at random moments of a run, and the proof that its result is the same as without. */
@NullMarked
package dev.drey.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
