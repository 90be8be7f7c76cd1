package dev.drey.benchmarks.gradient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.benchmarks.measure.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that computes gradients on request, with one line for each request and each answer. It
 * ends at the end of its input.
 */
final class GradientSide implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final String name;
  private final ChildProcess process;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  /**
   * Starts it.
   *
   * @param name for errors
   */
  GradientSide(String name, List<String> command, Path directory) throws IOException {
    this.name = name;
    process =
        new ChildProcess(
            command,
            directory,
            line -> {
              if (line.startsWith("{")) {
                answers.add(line);
              }
            });
  }

  /**
   * The first gradient of a task, in numbers that can be compared.
   *
   * @param parameters how many the network has
   * @param loss the mean over the examples
   * @param gradientNorm Euclidean, of the mean over the examples
   */
  record First(int parameters, double loss, double gradientNorm) {

    /**
     * Whether the other computed the same.
     *
     * @throws IOException if not, within the rounding of float
     */
    void check(First other) throws IOException {
      if (parameters != other.parameters
          || differ(loss, other.loss)
          || differ(gradientNorm, other.gradientNorm)) {
        throw new IOException("the sides do not compute the same: " + this + " and " + other);
      }
    }

    private static boolean differ(double one, double other) {
      return !(Math.abs(one - other) <= 1e-4 * Math.max(1, Math.abs(other)));
    }
  }

  /** Makes it ready for a task, and computes one gradient. */
  First prepare(GradientTask task) throws IOException, InterruptedException {
    JsonNode answer = ask(MAPPER.createObjectNode().set("prepare", task.json()));
    return new First(
        answer.path("parameters").asInt(),
        answer.path("loss").asDouble(),
        answer.path("gradientNorm").asDouble());
  }

  /** Computes the gradient so many times; returns how long each took. */
  double[] run(int steps) throws IOException, InterruptedException {
    JsonNode millis = ask(MAPPER.createObjectNode().put("steps", steps)).path("millis");
    if (millis.size() != steps) {
      throw new IOException(
          name + " printed the times of " + millis.size() + " steps, must print " + steps);
    }
    double[] times = new double[steps];
    for (int i = 0; i < steps; i++) {
      times[i] = millis.get(i).asDouble();
    }
    return times;
  }

  private JsonNode ask(JsonNode request) throws IOException, InterruptedException {
    process.write(request.toString());
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      String line = answers.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
      if (line != null) {
        return MAPPER.readTree(line);
      }
      if (!process.isAlive()) {
        throw new IOException(name + " ended:\n" + process.lastLines());
      }
    }
    throw new IOException(name + " has not answered for " + LIMIT.toSeconds() + " s");
  }

  @Override
  public void close() {
    process.close();
  }
}
