/** The section {@code training} of a specification: optimizer, learning rate, length, drifts. */
@NullMarked
package dev.drey.job.specification.training;

import org.jspecify.annotations.NullMarked;
