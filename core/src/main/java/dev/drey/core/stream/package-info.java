/** Records of a stream, and the examples that they become. */
@NullMarked
package dev.drey.core.stream;

import org.jspecify.annotations.NullMarked;
