package dev.drey.job.run;

import dev.drey.core.aggregation.Structure;
import dev.drey.operators.coordination.StepTimes;
import java.net.URI;
import java.nio.file.Path;

/**
 * How a run goes.
 *
 * @param structure that it has now
 * @param step weight updates so far
 * @param stepsLeft to the end of the plan
 * @param times how long the steps took that were measured so far, without evaluations
 * @param webInterface where Flink tells metrics over REST
 * @param job to ask for there, in hexadecimal digits
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
