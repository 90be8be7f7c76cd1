package dev.drey.job.run;

import dev.drey.core.aggregation.Structure;
import dev.drey.operators.coordination.StepTimes;
import java.net.URI;
import java.nio.file.Path;

/**
 * What is known about the speed of a run.
 *
 * @param structure of the tree now
 * @param step weight updates so far
 * @param stepsLeft to the end of the run
 * @param times durations of the steps measured so far, without evaluations
 * @param webInterface where Flink serves metrics over REST
 * @param job its id there, in hexadecimal digits
 * @param directory of the run
 */
public record LoopObservation(
    Structure structure,
    long step,
    long stepsLeft,
    StepTimes times,
    URI webInterface,
    String job,
    Path directory) {}
