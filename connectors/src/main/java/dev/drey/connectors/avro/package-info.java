/** The Avro format of records. */
@NullMarked
package dev.drey.connectors.avro;

import org.jspecify.annotations.NullMarked;
