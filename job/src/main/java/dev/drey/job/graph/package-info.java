/** The loop as a Flink graph, and the run of it in this process. */
@NullMarked
package dev.drey.job.graph;

import org.jspecify.annotations.NullMarked;
