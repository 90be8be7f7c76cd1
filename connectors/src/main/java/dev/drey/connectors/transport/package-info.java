/** How the parts of a request and of an answer travel: inside the message, or through a store. */
@NullMarked
package dev.drey.connectors.transport;

import org.jspecify.annotations.NullMarked;
