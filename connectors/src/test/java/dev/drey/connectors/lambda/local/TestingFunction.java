package dev.drey.connectors.lambda.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function that does what its request says: {@code {"do":"sleep","n":500}}; {@code hold} takes as
 * long as there is a file {@code hold-n} beside its jars. Runs in a worker's process, with the JDK
 * and AWS's runtime alone.
 */
public final class TestingFunction implements RequestStreamHandler {

  private static final Pattern REQUEST =
      Pattern.compile("\\{\"do\":\"(\\w+)\",\"n\":(\\d+)", Pattern.DOTALL);

  private final List<Object> held = new ArrayList<>();

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    byte[] request = in.readAllBytes();
    String head = new String(request, 0, Math.min(200, request.length), StandardCharsets.UTF_8);
    Matcher matcher = REQUEST.matcher(head);
    if (!matcher.find()) {
      out.write(request);
      return;
    }
    long n = Long.parseLong(matcher.group(2));
    switch (matcher.group(1)) {
      case "echo" -> out.write(request);
      case "pid" -> write(out, Long.toString(ProcessHandle.current().pid()));
      case "sleep" -> {
        System.out.println("sleeping");
        sleepMillis(n);
        write(out, Long.toString(ProcessHandle.current().pid()));
      }
      case "hold" -> {
        System.out.println("holding");
        Path hold = Path.of(System.getenv("LAMBDA_TASK_ROOT"), "hold-" + n);
        while (Files.exists(hold)) {
          sleepMillis(5);
        }
        write(out, Long.toString(ProcessHandle.current().pid()));
      }
      case "print" -> {
        System.out.println("printed " + n);
        write(out, "true");
      }
      case "fail" -> throw new IllegalStateException("failed as asked, " + n);
      case "exit" -> System.exit((int) n);
      case "heap" -> {
        while (held.size() < Integer.MAX_VALUE) {
          held.add(new long[1 << 20]);
        }
      }
      case "native" -> {
        while (held.size() < Integer.MAX_VALUE) {
          ByteBuffer buffer = ByteBuffer.allocateDirect(16 << 20);
          for (int i = 0; i < buffer.capacity(); i += 4096) {
            buffer.put(i, (byte) 1);
          }
          held.add(buffer);
          sleepMillis(5);
        }
      }
      case "big" -> {
        byte[] big = new byte[(int) n];
        Arrays.fill(big, (byte) 'x');
        big[0] = '"';
        big[big.length - 1] = '"';
        out.write(big);
      }
      default -> throw new IllegalArgumentException(head);
    }
  }

  private static void sleepMillis(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private static void write(OutputStream out, String json) throws IOException {
    out.write(json.getBytes(StandardCharsets.UTF_8));
  }
}
