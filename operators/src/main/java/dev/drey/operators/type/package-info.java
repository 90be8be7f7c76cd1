/** Flink type information and serializers of the records between operators. */
@NullMarked
package dev.drey.operators.type;

import org.jspecify.annotations.NullMarked;
