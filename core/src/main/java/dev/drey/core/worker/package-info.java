/**
 * The port through which the job asks for gradients; connectors implement it, operators call it.
 */
@NullMarked
package dev.drey.core.worker;

import org.jspecify.annotations.NullMarked;
