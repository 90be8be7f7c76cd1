package dev.drey.benchmarks.start;

import dev.drey.worker.LambdaHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;

/** A worker's start up to its first answer, without Lambda's runtime, with marks in between. */
public final class StartProgram {

  private StartProgram() {}

  /**
   * Answers one request, and prints the nanoseconds at the end of each part.
   *
   * @param args the file of the request
   */
  public static void main(String[] args) throws IOException {
    long main = System.nanoTime();
    Loader.load(openblas.class);
    Loader.load(Nd4jCpu.class);
    long loaded = System.nanoTime();
    LambdaHandler handler = new LambdaHandler();
    long ready = System.nanoTime();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(Files.readAllBytes(Path.of(args[0]))), answer, null);
    long answered = System.nanoTime();
    System.out.println(answer.toString(StandardCharsets.UTF_8));
    System.out.println(StartRun.MARKS + " " + main + " " + loaded + " " + ready + " " + answered);
  }
}
