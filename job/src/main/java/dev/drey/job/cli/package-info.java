/** The command line: {@code drey train}, {@code drey predict}, {@code drey version}. */
@NullMarked
package dev.drey.job.cli;

import org.jspecify.annotations.NullMarked;
