/** Publishing versions of the weights while a run is training, with or without a quality gate. */
@NullMarked
package dev.drey.operators.publish;

import org.jspecify.annotations.NullMarked;
