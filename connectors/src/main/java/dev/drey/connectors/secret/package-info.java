/** References to secrets, which are read by the process that needs them. */
@NullMarked
package dev.drey.connectors.secret;

import org.jspecify.annotations.NullMarked;
