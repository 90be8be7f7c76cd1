/**
 * Which structure, memory size and number of workers are best, by a model of a step's time and
 * cost. Seconds, bytes and dollars are doubles; what is modelled and not measured says so.
 */
@NullMarked
package dev.drey.core.plan;

import org.jspecify.annotations.NullMarked;
