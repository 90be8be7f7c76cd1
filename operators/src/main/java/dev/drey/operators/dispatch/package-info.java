/** Fans mini-batches out to workers: when a slot may go, how often it is tried, what comes back. */
@NullMarked
package dev.drey.operators.dispatch;

import org.jspecify.annotations.NullMarked;
