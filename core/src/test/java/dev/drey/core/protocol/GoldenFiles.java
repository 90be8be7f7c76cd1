package dev.drey.core.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The files under src/test/resources/protocol. */
final class GoldenFiles {

  private GoldenFiles() {}

  static byte[] read(String name) throws IOException {
    try (InputStream in = GoldenFiles.class.getResourceAsStream("/protocol/" + name)) {
      if (in == null) {
        throw new IOException("there is no golden file " + name);
      }
      return in.readAllBytes();
    }
  }

  static List<String> names() {
    List<String> names = new ArrayList<>(ExampleMessages.requests().keySet());
    names.addAll(ExampleMessages.answers().keySet());
    return names;
  }
}
