package dev.drey.benchmarks.chaos;

/**
 * The cost of one fault.
 *
 * @param fault that happened
 * @param seconds from the fault until a step was done that had not been done before
 * @param stepsRedone steps that had been done, and were done again
 */
record Recovery(InjectedFault fault, double seconds, long stepsRedone) {}
