/** The command line: {@code drey train}, {@code drey predict}, {@code drey plan} and the rest. */
@NullMarked
package dev.drey.job.cli;

import org.jspecify.annotations.NullMarked;
