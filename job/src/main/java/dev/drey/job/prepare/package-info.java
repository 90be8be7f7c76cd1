/** Proves that what a specification names exists and fits its network, before a run starts. */
@NullMarked
package dev.drey.job.prepare;

import org.jspecify.annotations.NullMarked;
