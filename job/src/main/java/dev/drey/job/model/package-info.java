/** What a run leaves: weights, the specification as run, and a summary. */
@NullMarked
package dev.drey.job.model;

import org.jspecify.annotations.NullMarked;
