package dev.drey.core.exchange;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The contract asks for no more than a store of a few lines does. */
final class MemoryStoreContractTest extends StoreContract {

  private final Map<URI, MemoryStore.Held> objects = new ConcurrentHashMap<>();

  @Override
  protected Store open(String place) {
    return new MemoryStore(URI.create("memory://test/" + place + "/"), objects);
  }
}
