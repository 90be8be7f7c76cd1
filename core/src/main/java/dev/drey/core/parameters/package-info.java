/**
 * The flat parameter vector: half-open ranges of it, and the loops that run over it at memory
 * bandwidth.
 */
@NullMarked
package dev.drey.core.parameters;

import org.jspecify.annotations.NullMarked;
