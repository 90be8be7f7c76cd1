/**
 * The job's side of stores: which there are, retries, and the directory that a run makes for
 * itself.
 */
@NullMarked
package dev.drey.connectors.store;

import org.jspecify.annotations.NullMarked;
