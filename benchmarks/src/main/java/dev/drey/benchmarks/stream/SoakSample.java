package dev.drey.benchmarks.stream;

/**
 * The memory and state of a run at one moment.
 *
 * @param seconds since the first sample
 * @param liveMb of the program's heap after a full collection, megabytes
 * @param residentMb of the program's process, heap included
 * @param workersMb resident memory of all workers together
 * @param stateKb of the last complete checkpoint, kilobytes
 * @param freshnessMillis median over the records since the sample before, each taken to be as old
 *     as the oldest of its step
 */
record SoakSample(
    double seconds,
    double liveMb,
    double residentMb,
    double workersMb,
    double stateKb,
    double freshnessMillis) {}
