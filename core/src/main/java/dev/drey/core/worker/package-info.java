/** The port through which operators request gradients; connectors implement it. */
@NullMarked
package dev.drey.core.worker;

import org.jspecify.annotations.NullMarked;
