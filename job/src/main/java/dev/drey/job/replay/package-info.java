/** Rows of files as records of a stream, at a rate: for trying and for examples. */
@NullMarked
package dev.drey.job.replay;

import org.jspecify.annotations.NullMarked;
