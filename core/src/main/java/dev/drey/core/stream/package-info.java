/** Records of a stream, and the examples that they are encoded as. */
@NullMarked
package dev.drey.core.stream;

import org.jspecify.annotations.NullMarked;
