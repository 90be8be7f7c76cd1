/**
 * The messages between the job and a worker, in JSON; version 1 is documented in
 * docs/worker-protocol.md.
 */
@NullMarked
package dev.drey.core.protocol;

import org.jspecify.annotations.NullMarked;
