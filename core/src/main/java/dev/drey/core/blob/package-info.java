/** Bytes that travel inside a message or beside it, always with their checksum. */
@NullMarked
package dev.drey.core.blob;

import org.jspecify.annotations.NullMarked;
