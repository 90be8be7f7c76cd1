/**
 * Data sets: where they are stored, how they are read, split, shuffled and assigned to steps and
 * slots.
 */
@NullMarked
package dev.drey.core.data;

import org.jspecify.annotations.NullMarked;
