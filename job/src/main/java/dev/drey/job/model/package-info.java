/** The files that a run leaves: weights, specification and summary; scoring with a saved model. */
@NullMarked
package dev.drey.job.model;

import org.jspecify.annotations.NullMarked;
