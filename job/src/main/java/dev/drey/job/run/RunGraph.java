package dev.drey.job.run;

import dev.drey.connectors.kafka.DeadLetterTopic;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.job.publish.DirectoryModelPublisher;
import dev.drey.job.publish.PublishingRun;
import dev.drey.job.publish.VersionAnnouncement;
import dev.drey.job.sink.CurveColumns;
import dev.drey.job.sink.DeadLetterSink;
import dev.drey.job.sink.DriftSink;
import dev.drey.job.sink.LagSink;
import dev.drey.job.sink.MetricsTopic;
import dev.drey.job.sink.ModelSink;
import dev.drey.job.sink.OutputColumns;
import dev.drey.job.sink.PublicationSink;
import dev.drey.job.sink.RejectedRecordSink;
import dev.drey.job.sink.ReportSink;
import dev.drey.job.specification.PublishSettings;
import dev.drey.job.specification.TopicSettings;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.loop.Loop;
import dev.drey.operators.loop.LoopGraph;
import dev.drey.operators.loop.LoopStreams;
import dev.drey.operators.publish.GateRule;
import dev.drey.operators.publish.GateSettings;
import dev.drey.operators.publish.ModelPublisher;
import dev.drey.operators.publish.Publication;
import dev.drey.operators.publish.PublishGraph;
import dev.drey.operators.publish.PublishOperator;
import dev.drey.operators.server.ParameterServerOperator;
import dev.drey.operators.server.StepReport;
import dev.drey.operators.server.VersionShard;
import java.net.URI;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A training run as a Flink job: the loop, and the sinks of its outputs. */
final class RunGraph {

  private final PreparedRun run;
  private final ModelDirectory directory;
  private final RunTopics topics;
  private final OnnxModel model;
  private final Loop loop;
  private final Uids uids;
  private final LoopStreams streams;

  private RunGraph(
      StreamExecutionEnvironment env, PreparedRun run, TrainingLoop trainingLoop, Loop loop) {
    this.run = run;
    this.directory = new ModelDirectory(run.directory());
    this.topics = RunTopics.of(run.specification(), trainingLoop.id(), env);
    this.model =
        new OnnxModel(
            run.specification().name(),
            run.input().network(),
            trainingLoop.input().normalization());
    this.loop = loop;
    this.uids = loop.uids();
    this.streams = LoopGraph.draw(env, loop);
  }

  /** The job for a Flink that has no settings but these. */
  static JobGraph jobGraph(
      PreparedRun run,
      TrainingLoop trainingLoop,
      LoopPorts ports,
      Configuration configuration,
      JobStart start) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(configuration.get(CoreOptions.DEFAULT_PARALLELISM));
    draw(env, run, trainingLoop, ports, start);
    JobGraph graph = env.getStreamGraph().getJobGraph();
    graph.setSavepointRestoreSettings(start.from());
    return graph;
  }

  /** Adds the run to an environment. */
  static void draw(
      StreamExecutionEnvironment env,
      PreparedRun run,
      TrainingLoop trainingLoop,
      LoopPorts ports,
      JobStart start) {
    RunGraph graph = new RunGraph(env, run, trainingLoop, trainingLoop.loop(ports, start));
    OutputColumns<StepReport> columns =
        CurveColumns.columns(
            run.classifies(),
            start.generation().structure(),
            start.stepSeconds(),
            run.specification().stream().isPresent());
    graph.curve(columns);
    graph.model();
    graph.deadLetters();
    graph.rejectedRecords();
    graph.drifts();
    graph.lags();
    run.specification()
        .output()
        .metricsTopic()
        .ifPresent(topic -> graph.metricsTopic(topic, columns));
    run.specification().output().publish().ifPresent(graph::publish);
  }

  private <T> void sink(DataStream<T> elements, Sink<T> sink, String name) {
    sink(elements, sink, name, name.replace(' ', '-'));
  }

  /** Attaches a sink of one task. */
  private <T> void sink(DataStream<T> elements, Sink<T> sink, String name, String uid) {
    elements.sinkTo(sink).name(name).uid(uids.of(uid)).setParallelism(1);
  }

  private SingleOutputStreamOperator<StepReport> reports() {
    return streams.reports();
  }

  private void curve(OutputColumns<StepReport> columns) {
    sink(reports(), ReportSink.of(directory.curve(), directory.evaluations(), columns), "curve");
  }

  private void model() {
    sink(
        reports().getSideOutput(ParameterServerOperator.MODEL),
        new ModelSink(directory.path().toString(), model),
        "model");
  }

  private void deadLetters() {
    sink(
        reports().getSideOutput(ParameterServerOperator.DEAD_LETTERS),
        DeadLetterSink.of(directory.deadLetters()),
        "dead letters");
  }

  private void rejectedRecords() {
    streams.stream()
        .ifPresent(stream -> sink(stream.rejected(), rejectedRecordSink(), "rejected records"));
  }

  private Sink<RejectedRecord> rejectedRecordSink() {
    StreamSettings stream = run.specification().stream().orElseThrow();
    return stream
        .deadLetterTopic()
        .<Sink<RejectedRecord>>map(
            topic ->
                DeadLetterTopic.sink(
                    stream.kafka(), topic, topics.transactions("rejected-records")))
        .orElseGet(() -> RejectedRecordSink.of(directory.rejectedRecords()));
  }

  private void lags() {
    if (streams.stream().isPresent()) {
      var lags = reports().getSideOutput(ParameterServerOperator.LAGS);
      sink(lags, LagSink.of(directory.lag()), "lag");
    }
  }

  private boolean watchesForDrifts() {
    return run.specification().training().drift().isPresent();
  }

  private void drifts() {
    if (watchesForDrifts()) {
      sink(
          reports().getSideOutput(ParameterServerOperator.DRIFTS),
          DriftSink.of(directory.drifts()),
          "drifts");
    }
  }

  private void metricsTopic(TopicSettings topic, OutputColumns<StepReport> columns) {
    String name = run.specification().name();
    sink(
        reports(),
        topics.sink(topic, "curve", MetricsTopic.points(name, columns)),
        "curve to a topic",
        "curve-topic");
    if (watchesForDrifts()) {
      sink(
          reports().getSideOutput(ParameterServerOperator.DRIFTS),
          topics.sink(topic, "drifts", MetricsTopic.drifts(name)),
          "drifts to a topic",
          "drifts-topic");
    }
  }

  private void publish(PublishSettings settings) {
    SingleOutputStreamOperator<Publication> publications = publications(settings);
    sink(
        publications.getSideOutput(PublishOperator.DECISIONS),
        PublicationSink.of(directory.publications()),
        "publications");
    settings
        .announce()
        .ifPresent(
            topic ->
                sink(
                    publications,
                    topics.sink(topic, "announcements", new VersionAnnouncement()),
                    "announcements"));
  }

  private SingleOutputStreamOperator<Publication> publications(PublishSettings settings) {
    URI to = settings.to().orElseGet(() -> directory.published().toUri());
    ModelPublisher publisher =
        new DirectoryModelPublisher(
            to.toString(),
            new PublishingRun(model.name(), topics.id().toString()),
            model,
            run.encoding());
    DataStream<VersionShard> versions = reports().getSideOutput(ParameterServerOperator.VERSIONS);
    Optional<GateSettings> gate = settings.gate().map(rule -> gate(rule, settings.every()));
    return gate.isPresent()
        ? PublishGraph.gated(
            versions, streams.stream().orElseThrow().miniBatches(), publisher, gate.get(), uids)
        : PublishGraph.all(versions, model.network().parameterCount(), publisher, uids);
  }

  private GateSettings gate(GateRule rule, long every) {
    return new GateSettings(
        rule,
        new GateSettings.Steps(
            every,
            run.specification().workers().count(),
            run.specification().training().miniBatch()),
        new GateSettings.Evaluations(
            loop.run(),
            loop.workforce().attempts(),
            loop.workforce().workers(),
            loop.server().store(),
            loop.objects() + "-gate-"));
  }
}
