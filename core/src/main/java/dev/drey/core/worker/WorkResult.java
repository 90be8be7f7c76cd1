package dev.drey.core.worker;

import dev.drey.core.protocol.WorkAnswer;

/**
 * A worker's answer with its result decoded and its bill.
 *
 * @param answer as the worker sent it
 * @param values the floats of {@link WorkAnswer.Done#result}, empty if it has none. The receiver
 *     may keep but not change them
 * @param bill of the attempt
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WorkResult(WorkAnswer.Done answer, float[] values, Bill bill) {}
