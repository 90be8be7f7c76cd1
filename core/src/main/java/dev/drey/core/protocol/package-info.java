/**
 * The messages between the job and a worker: documented JSON, version 1 (docs/worker-protocol.md).
 */
@NullMarked
package dev.drey.core.protocol;

import org.jspecify.annotations.NullMarked;
