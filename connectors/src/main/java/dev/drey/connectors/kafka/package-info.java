/** Sources and sinks for Kafka topics. */
@NullMarked
package dev.drey.connectors.kafka;

import org.jspecify.annotations.NullMarked;
