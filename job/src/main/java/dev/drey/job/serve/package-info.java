/** Follows the announcements of a run, and scores its stream with the newest version. */
@NullMarked
package dev.drey.job.serve;

import org.jspecify.annotations.NullMarked;
