/** What a worker is asked to compute, and the rounds of a run that it is asked for. */
@NullMarked
package dev.drey.core.work;

import org.jspecify.annotations.NullMarked;
