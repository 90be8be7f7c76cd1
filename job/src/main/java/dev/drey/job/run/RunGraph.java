package dev.drey.job.run;

import dev.drey.connectors.kafka.DeadLetterTopic;
import dev.drey.connectors.kafka.RunTopic;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.job.publish.DirectoryModelPublisher;
import dev.drey.job.publish.VersionAnnouncement;
import dev.drey.job.spec.PublishSettings;
import dev.drey.job.spec.RunSpecification;
import dev.drey.job.spec.StreamSettings;
import dev.drey.job.spec.TopicSettings;
import dev.drey.operators.loop.Drawn;
import dev.drey.operators.loop.Loop;
import dev.drey.operators.loop.LoopGraph;
import dev.drey.operators.publish.GateRule;
import dev.drey.operators.publish.GateSettings;
import dev.drey.operators.publish.Press;
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

/** Draws a run as a Flink job: the loop, and files of what comes out of it. */
final class RunGraph {

  private RunGraph() {}

  /** The job of a Flink that is told everything here. */
  static JobGraph jobGraph(
      PreparedRun run,
      LoopOfRun loopOfRun,
      LoopPorts ports,
      Configuration configuration,
      Stage stage) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(configuration.get(CoreOptions.DEFAULT_PARALLELISM));
    draw(env, run, loopOfRun, ports, stage);
    JobGraph graph = env.getStreamGraph().getJobGraph();
    graph.setSavepointRestoreSettings(stage.from());
    return graph;
  }

  /** Adds the run to an environment. */
  static void draw(
      StreamExecutionEnvironment env,
      PreparedRun run,
      LoopOfRun loopOfRun,
      LoopPorts ports,
      Stage stage) {
    ModelDirectory directory = new ModelDirectory(run.directory());
    OnnxModel model =
        new OnnxModel(
            run.specification().name(), run.input().network(), loopOfRun.course().normalization());
    Loop loop = loopOfRun.loop(ports, stage);
    Drawn drawn = LoopGraph.draw(env, loop);
    SingleOutputStreamOperator<StepReport> reports = drawn.reports();
    Columns<StepReport> columns =
        CurvePoint.columns(run.classifies(), stage, run.specification().stream().isPresent());
    reports
        .sinkTo(ReportSink.of(directory.curve(), directory.evaluations(), columns))
        .name("curve")
        .uid("curve")
        .setParallelism(1);
    reports
        .getSideOutput(ParameterServerOperator.MODEL)
        .sinkTo(new ModelSink(directory.path().toString(), model))
        .name("model")
        .uid("model")
        .setParallelism(1);
    reports
        .getSideOutput(ParameterServerOperator.DEAD_LETTERS)
        .sinkTo(DeadLetterSink.of(directory.deadLetters()))
        .name("dead letters")
        .uid("dead-letters")
        .setParallelism(1);
    drawn.stream()
        .ifPresent(
            stream ->
                stream
                    .rejected()
                    .sinkTo(rejectedRecords(run, loopOfRun))
                    .name("rejected records")
                    .uid("rejected-records")
                    .setParallelism(1));
    if (run.specification().training().drift().isPresent()) {
      reports
          .getSideOutput(ParameterServerOperator.DRIFTS)
          .sinkTo(DriftSink.of(directory.drifts()))
          .name("drifts")
          .uid("drifts")
          .setParallelism(1);
    }
    run.specification()
        .output()
        .metricsTopic()
        .ifPresent(topic -> tellMetrics(reports, columns, topic, new RunTopics(run, loopOfRun)));
    run.specification()
        .output()
        .publish()
        .ifPresent(
            settings -> publish(drawn, loop, model, settings, new RunTopics(run, loopOfRun)));
  }

  /**
   * The topics that a run writes to.
   *
   * @param loop whose name transactions have
   */
  private record RunTopics(PreparedRun run, LoopOfRun loop) {

    <T> Sink<T> sink(TopicSettings topic, String what, RunTopic.Description<T> description) {
      RunSpecification specification = run.specification();
      return RunTopic.sink(
          topic.kafka(specification.stream()),
          topic.topic(),
          loop.id() + "-" + what,
          specification.name(),
          description);
    }
  }

  private static void tellMetrics(
      SingleOutputStreamOperator<StepReport> reports,
      Columns<StepReport> columns,
      TopicSettings topic,
      RunTopics topics) {
    RunSpecification specification = topics.run.specification();
    String name = specification.name();
    reports
        .sinkTo(topics.sink(topic, "curve", MetricsTopic.points(name, columns)))
        .name("curve to a topic")
        .uid("curve-topic")
        .setParallelism(1);
    if (specification.training().drift().isPresent()) {
      reports
          .getSideOutput(ParameterServerOperator.DRIFTS)
          .sinkTo(topics.sink(topic, "drifts", MetricsTopic.drifts(name)))
          .name("drifts to a topic")
          .uid("drifts-topic")
          .setParallelism(1);
    }
  }

  private static void publish(
      Drawn drawn, Loop loop, OnnxModel model, PublishSettings settings, RunTopics topics) {
    PreparedRun run = topics.run;
    ModelDirectory directory = new ModelDirectory(run.directory());
    URI to = settings.to().orElseGet(() -> directory.published().toUri());
    Press press = new DirectoryModelPublisher(to.toString(), model.name(), model, run.encoding());
    DataStream<VersionShard> versions =
        drawn.reports().getSideOutput(ParameterServerOperator.VERSIONS);
    Optional<GateSettings> gate = settings.gate().map(rule -> gate(rule, settings, loop, run));
    SingleOutputStreamOperator<Publication> publications =
        gate.isPresent()
            ? PublishGraph.gated(
                versions,
                drawn.stream().orElseThrow().miniBatches(),
                press,
                gate.get(),
                loop.generation().uids())
            : PublishGraph.all(versions, model.network().parameterCount(), press);
    publications
        .getSideOutput(PublishOperator.RULINGS)
        .sinkTo(PublicationSink.of(directory.publications()))
        .name("publications")
        .uid("publications")
        .setParallelism(1);
    settings
        .announce()
        .ifPresent(
            topic ->
                publications
                    .sinkTo(topics.sink(topic, "announcements", new VersionAnnouncement()))
                    .name("announcements")
                    .uid("announcements")
                    .setParallelism(1));
  }

  private static GateSettings gate(
      GateRule rule, PublishSettings settings, Loop loop, PreparedRun run) {
    return new GateSettings(
        rule,
        new GateSettings.Steps(
            settings.every(),
            run.specification().workers().count(),
            run.specification().training().miniBatch()),
        new GateSettings.Evaluations(
            loop.run(),
            loop.workforce().attempts(),
            loop.workers(),
            loop.server().store(),
            loop.objects() + "-gate-"));
  }

  private static Sink<RejectedRecord> rejectedRecords(PreparedRun run, LoopOfRun loopOfRun) {
    StreamSettings stream = run.specification().stream().orElseThrow();
    return stream
        .deadLetterTopic()
        .<Sink<RejectedRecord>>map(
            topic ->
                DeadLetterTopic.sink(stream.kafka(), topic, loopOfRun.id() + "-rejected-records"))
        .orElseGet(
            () -> RejectedRecordSink.of(new ModelDirectory(run.directory()).rejectedRecords()));
  }
}
