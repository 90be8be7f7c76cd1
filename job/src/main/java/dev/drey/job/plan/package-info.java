/**
 * Input and output of the planner in {@code core.plan}: measured steps and the model fitted to
 * them, profiles, the table of Feng et al. (2018), plans as files.
 */
@NullMarked
package dev.drey.job.plan;

import org.jspecify.annotations.NullMarked;
