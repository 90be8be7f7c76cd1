package dev.drey.operators.loop;

import dev.drey.operators.server.StepReport;
import dev.drey.operators.stream.StreamInput;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The streams that come out of a loop in a job's graph.
 *
 * @param reports of the parameter server; its other outputs are side outputs of this stream
 * @param stream the mini-batches and rejected records, if the examples come from a stream
 */
public record LoopStreams(
    SingleOutputStreamOperator<StepReport> reports, Optional<StreamInput> stream) {}
