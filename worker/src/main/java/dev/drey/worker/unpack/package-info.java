/** The unpacking of native libraries, when several processes share one cache of them. */
@NullMarked
package dev.drey.worker.unpack;

import org.jspecify.annotations.NullMarked;
