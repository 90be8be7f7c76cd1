/**
 * The planner: finds the best structure, memory size and number of workers by a model of a step's
 * time and cost. Seconds and dollars are doubles.
 */
@NullMarked
package dev.drey.core.plan;

import org.jspecify.annotations.NullMarked;
