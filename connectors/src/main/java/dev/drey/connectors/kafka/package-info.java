/** Records from Kafka, and back into it. */
@NullMarked
package dev.drey.connectors.kafka;

import org.jspecify.annotations.NullMarked;
