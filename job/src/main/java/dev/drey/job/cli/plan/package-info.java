/** The command {@code drey plan}. */
@NullMarked
package dev.drey.job.cli.plan;

import org.jspecify.annotations.NullMarked;
