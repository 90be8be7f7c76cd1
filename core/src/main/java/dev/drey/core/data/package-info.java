/**
 * Data sets: where the examples lie, how they are read, split, shuffled and distributed over steps
 * and slots.
 */
@NullMarked
package dev.drey.core.data;

import org.jspecify.annotations.NullMarked;
