package dev.drey.job.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with any header, also those that Java's own client sets by itself.
 *
 * @param address of the server
 */
public record RawHttp(URI address) {

  private static final int PATIENCE_MILLIS = 120_000;

  /**
   * What came back.
   *
   * @param status of HTTP
   * @param headers names in lower case
   * @param body as text
   */
  public record Answer(int status, Map<String, String> headers, String body) {

    /** The value of a header; null if it is not there. */
    public @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  /** Sends a request without a body, with the right Host unless headers have another. */
  public Answer send(String method, String path, String... headers) throws IOException {
    return send(method, path, new byte[0], headers);
  }

  /** Sends a request. */
  public Answer send(String method, String path, byte[] body, String... headers)
      throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
      head.append("Host: ").append(address.getAuthority()).append("\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
    request.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    request.write(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.toByteArray());
      socket.getOutputStream().flush();
      return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Answer answer(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("the answer has no end of its headers: " + text);
    }
    List<String> head = List.of(text.substring(0, end).split("\r\n", -1));
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    return new Answer(
        Integer.parseInt(head.get(0).split(" ", 3)[1]), headers, text.substring(end + 4));
  }
}
