/** Writes versions of the model during a run, for other programs, and reads them back. */
@NullMarked
package dev.drey.job.publish;

import org.jspecify.annotations.NullMarked;
