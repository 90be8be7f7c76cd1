package dev.drey.operators.loop;

import dev.drey.operators.server.StepReport;
import dev.drey.operators.stream.StreamInput;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * A loop in a job's graph.
 *
 * @param reports of the parameter server, which has the model as a side output
 * @param stream that it is fed with, if it is one
 */
public record LoopStreams(SingleOutputStreamOperator<StepReport> reports, Optional<StreamInput> stream) {}
