/**
 * What the planner of {@code core.plan} is told and tells: measured steps and the model fitted to
 * them, profiles, the paper's table, plans as files.
 */
@NullMarked
package dev.drey.job.plan;

import org.jspecify.annotations.NullMarked;
