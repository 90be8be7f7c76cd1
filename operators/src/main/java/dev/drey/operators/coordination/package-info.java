/**
 * The feedback edge of the loop: which version of the weights is complete, and which round may
 * start. The only package that uses Flink's internal coordination API; weights never pass through
 * it.
 */
@NullMarked
package dev.drey.operators.coordination;

import org.jspecify.annotations.NullMarked;
