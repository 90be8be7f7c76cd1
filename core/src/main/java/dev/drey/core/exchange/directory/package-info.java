/**
 * Stores that are directories, which the job and its workers see under the same path: in the memory
 * of one machine, or in a file system that machines share.
 */
@NullMarked
package dev.drey.core.exchange.directory;

import org.jspecify.annotations.NullMarked;
