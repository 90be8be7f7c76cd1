/**
 * The section {@code workers} of a specification: how many, where they run, how failures are
 * handled.
 */
@NullMarked
package dev.drey.job.specification.workers;

import org.jspecify.annotations.NullMarked;
