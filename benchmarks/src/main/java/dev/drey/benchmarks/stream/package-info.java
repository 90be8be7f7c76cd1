/** How fast records of a topic are learnt from, and how soon. */
@NullMarked
package dev.drey.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
