/** Rows of files as records of a stream, at a rate: for trying and for examples. */
@NullMarked
package dev.drey.job.produce;

import org.jspecify.annotations.NullMarked;
