/** Follows what a run announces, and scores its stream with the newest version. */
@NullMarked
package dev.drey.job.serve;

import org.jspecify.annotations.NullMarked;
