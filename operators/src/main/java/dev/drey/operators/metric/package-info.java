/** Naming of the operators' metrics. */
@NullMarked
package dev.drey.operators.metric;

import org.jspecify.annotations.NullMarked;
