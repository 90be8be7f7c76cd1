package dev.drey.benchmarks.loop;

import dev.drey.operators.server.StepReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Records when each step was reported. The sink and the measurement that reads it are in one
 * process.
 */
record ReportTimes(String name) implements Sink<StepReport> {

  private static final long serialVersionUID = 1L;
  private static final Map<String, List<Long>> NANOS = new ConcurrentHashMap<>();

  /** When each step was reported, System.nanoTime. */
  List<Long> nanos() {
    return NANOS.getOrDefault(name, List.of());
  }

  @Override
  public SinkWriter<StepReport> createWriter(WriterInitContext context) {
    List<Long> nanos = NANOS.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>());
    return new SinkWriter<>() {
      @Override
      public void write(StepReport report, Context unused) {
        if (!report.evaluation()) {
          nanos.add(System.nanoTime());
        }
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
