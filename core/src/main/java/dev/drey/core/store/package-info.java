/** The port through which weights are published by version; connectors implement it. */
@NullMarked
package dev.drey.core.store;

import org.jspecify.annotations.NullMarked;
