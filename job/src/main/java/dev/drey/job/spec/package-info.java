/**
 * The run specification: what a YAML file may say about a run, all of it checked before anything
 * starts.
 */
@NullMarked
package dev.drey.job.spec;

import org.jspecify.annotations.NullMarked;
