/** Sends rows of files as records of a stream, at a rate: for experiments and examples. */
@NullMarked
package dev.drey.job.produce;

import org.jspecify.annotations.NullMarked;
