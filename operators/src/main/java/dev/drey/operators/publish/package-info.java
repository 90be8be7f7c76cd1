/** Versions of the weights that leave a run while it goes on, each once. */
@NullMarked
package dev.drey.operators.publish;

import org.jspecify.annotations.NullMarked;
