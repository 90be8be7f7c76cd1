/** Unpacking of native libraries to a cache that several processes share. */
@NullMarked
package dev.drey.worker.unpack;

import org.jspecify.annotations.NullMarked;
