/** The section {@code data} of a specification: a data set, or a stream. */
@NullMarked
package dev.drey.job.specification.data;

import org.jspecify.annotations.NullMarked;
