package dev.drey.operators.publish;

import dev.drey.operators.publish.Verdict.Comparison;
import dev.drey.operators.publish.Verdict.Outcome;
import java.io.IOException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out verdicts: publishes candidates that passed, and emits the decisions. Not thread-safe.
 */
final class CandidateOutput {

  private static final Logger LOG = LoggerFactory.getLogger(CandidateOutput.class);

  private final ModelPublisher publisher;
  private final Output<StreamRecord<Publication>> output;
  private final Counter published;
  private final Counter refused;

  /**
   * @param output receives publications, and all decisions as a side output
   */
  CandidateOutput(
      ModelPublisher publisher, MetricGroup group, Output<StreamRecord<Publication>> output) {
    this.publisher = publisher;
    this.output = output;
    this.published = group.counter("candidatesPublished");
    this.refused = group.counter("candidatesRefused");
  }

  void emit(Candidate candidate, Verdict verdict) throws IOException {
    Publication publication = null;
    if (verdict.outcome() == Outcome.PUBLISHED) {
      publication = publisher.publish(candidate);
      published.inc();
      LOG.info("version {} is published, {}: {}", candidate.version(), words(verdict), publication);
      output.collect(new StreamRecord<>(publication));
    } else {
      refused.inc();
      LOG.warn("version {} is not published, {}", candidate.version(), words(verdict));
    }
    output.collect(
        PublishOperator.DECISIONS,
        new StreamRecord<>(
            new Decision(
                candidate.version(),
                candidate.account().examples(),
                candidate.account().loss(),
                verdict,
                publication)));
  }

  private static String words(Verdict verdict) {
    Comparison comparison = verdict.comparison();
    return comparison == null
        ? verdict.reason()
        : "%s: its loss on %d recent examples is %s, that of version %d is %s"
            .formatted(
                verdict.reason(),
                comparison.examples(),
                comparison.candidateLoss(),
                comparison.against(),
                comparison.publishedLoss());
  }
}
