/** The command {@code drey cluster}. */
@NullMarked
package dev.drey.job.cli.cluster;

import org.jspecify.annotations.NullMarked;
