package dev.drey.core.worker;

import dev.drey.core.protocol.WorkAnswer;

/**
 * A worker's answer with its bytes at hand.
 *
 * @param answer as the worker gave it
 * @param values the floats of {@link WorkAnswer.Done#result}, empty if it has none. The receiver
 *     may keep them, and must not change them
 * @param bill what the attempt cost
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WorkResult(WorkAnswer.Done answer, float[] values, Bill bill) {}
