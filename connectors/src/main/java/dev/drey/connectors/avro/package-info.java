/** Records in Avro. */
@NullMarked
package dev.drey.connectors.avro;

import org.jspecify.annotations.NullMarked;
