package dev.drey.connectors.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.Weights;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InlineWeightsTest {

  private final CountingStore store = new CountingStore();
  private final InlineWeights inline = new InlineWeights(store);

  @Test
  void theSlotsOfAStepFetchTheWeightsOnce() throws Exception {
    Weights first = inline.inline(weights(1));
    Weights second = inline.inline(weights(1));

    assertThat(store.fetched).containsExactly("v1");
    assertThat(second).isSameAs(first);
    assertThat(((Blob.Inline) first.parts().get(0).blob()).verified()).containsExactly(1, 0, 0, 0);
  }

  @Test
  void twoVersionsInTurnAreBothHeld() throws Exception {
    for (int i = 0; i < 3; i++) {
      inline.inline(weights(1));
      inline.inline(weights(2));
    }
    assertThat(store.fetched).containsExactly("v1", "v2");
  }

  @Test
  void theOldestVersionIsLetGo() throws Exception {
    inline.inline(weights(1));
    inline.inline(weights(2));
    inline.inline(weights(3));
    inline.inline(weights(2));
    inline.inline(weights(1));

    assertThat(store.fetched).containsExactly("v1", "v2", "v3", "v1");
  }

  private static Weights weights(int version) {
    byte[] bytes = {(byte) version, 0, 0, 0};
    return Requests.weights(
        version, 1, new Blob.Reference(URI.create("v" + version), 4, Checksum.of(bytes)));
  }

  private static final class CountingStore implements Store {
    private final List<String> fetched = new ArrayList<>();

    @Override
    public void check() {}

    @Override
    public Blob.Reference put(String name, ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void read(Blob.Reference reference, ByteBuffer target) {
      fetched.add(reference.uri().toString());
      byte version = Byte.parseByte(reference.uri().toString().substring(1));
      target.duplicate().put(new byte[] {version, 0, 0, 0});
    }

    @Override
    public void delete(Blob.Reference reference) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deleteAll(String namePrefix) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> list() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deleteListed(String name, String mark) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
