/**
 * The run specification: what a YAML file may say about a run, all of it checked before anything
 * starts.
 */
@NullMarked
package dev.drey.job.specification;

import org.jspecify.annotations.NullMarked;
