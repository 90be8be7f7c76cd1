package dev.drey.core.plan;

/**
 * Modelled time and cost of a step, or of an epoch, with one memory size.
 *
 * @param memoryMb memory size of each worker
 * @param seconds t(z)
 * @param dollars C(z)
 * @param ratio R(z) = f / (C(z) t(z)), operations per dollar and second
 */
public record MemoryPoint(int memoryMb, double seconds, double dollars, double ratio) {}
