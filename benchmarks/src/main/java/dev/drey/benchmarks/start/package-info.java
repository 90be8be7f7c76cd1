/** What a worker's start costs, part by part. */
@NullMarked
package dev.drey.benchmarks.start;

import org.jspecify.annotations.NullMarked;
