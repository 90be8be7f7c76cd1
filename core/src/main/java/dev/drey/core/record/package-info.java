/** The formats of a stream's records, and access to their fields. */
@NullMarked
package dev.drey.core.record;

import org.jspecify.annotations.NullMarked;
