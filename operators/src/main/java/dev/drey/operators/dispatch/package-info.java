/**
 * Sends mini-batches to workers: when a slot may be sent, how often it is retried, what its sum is.
 */
@NullMarked
package dev.drey.operators.dispatch;

import org.jspecify.annotations.NullMarked;
