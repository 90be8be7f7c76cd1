package dev.drey.core.plan;

/**
 * What a task takes with one memory size, by the model.
 *
 * @param memoryMb memory size of each worker
 * @param seconds t(z)
 * @param dollars C(z)
 * @param ratio R(z) = f / (C(z) t(z)), operations by dollar and second
 */
public record MemoryPoint(int memoryMb, double seconds, double dollars, double ratio) {}
