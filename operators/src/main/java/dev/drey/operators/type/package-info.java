/** What Flink has to know of the types that travel between operators. */
@NullMarked
package dev.drey.operators.type;

import org.jspecify.annotations.NullMarked;
