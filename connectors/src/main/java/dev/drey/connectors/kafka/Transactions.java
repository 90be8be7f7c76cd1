package dev.drey.connectors.kafka;

import java.time.Duration;

/**
 * The transactions in which a sink writes.
 *
 * @param prefix of the transactional ids, unique to this sink of this run
 * @param timeout after which brokers abort a transaction, see {@link TransactionTimeout}
 */
public record Transactions(String prefix, Duration timeout) {}
