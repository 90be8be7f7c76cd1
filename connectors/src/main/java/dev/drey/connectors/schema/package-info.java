/** The encoding of records by users' classes. */
@NullMarked
package dev.drey.connectors.schema;

import org.jspecify.annotations.NullMarked;
