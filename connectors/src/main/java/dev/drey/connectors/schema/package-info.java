/** Examples by the user's own classes. */
@NullMarked
package dev.drey.connectors.schema;

import org.jspecify.annotations.NullMarked;
