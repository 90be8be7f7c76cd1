package dev.drey.worker.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_in_order;

import dev.drey.worker.unpack.UnpackedLibraries;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A processor as oneDNN sees it, and the owner of all that is made for it: closing it frees every
 * layout, array and operation. The library is loaded when the first of them is made, so that an
 * engine that nobody uses costs nothing. One thread at a time, which need not be the same one.
 */
public final class Engine implements AutoCloseable {

  private static final int ALIGNMENT = 64;

  private final Deque<Runnable> owned = new ArrayDeque<>();
  private @Nullable Handles handles;
  private long scratchBytes;
  private @Nullable Pointer scratch;

  private record Handles(dnnl_engine engine, dnnl_stream stream) {}

  dnnl_engine handle() {
    return handles().engine;
  }

  dnnl_stream stream() {
    return handles().stream;
  }

  /** Has the engine free something when it is closed, before all that was made earlier. */
  void own(Runnable free) {
    owned.push(free);
  }

  /** Memory for values, aligned to a cache line; it is the engine's. */
  FloatPointer allocate(long bytes) {
    FloatPointer memory = new FloatPointer((bytes + ALIGNMENT) / Float.BYTES);
    own(memory::close);
    long misplaced = memory.address() % ALIGNMENT;
    long skipped = misplaced == 0 ? 0 : (ALIGNMENT - misplaced) / Float.BYTES;
    return memory.getPointer(skipped);
  }

  /** Announces that an operation needs so much memory while it executes. */
  void reserveScratch(long bytes) {
    scratchBytes = Math.max(scratchBytes, bytes);
  }

  /** Memory that all operations share, one after the other, as large as any has announced. */
  Pointer scratch() {
    if (scratch == null || scratch.capacity() * Float.BYTES < scratchBytes) {
      scratch = allocate(scratchBytes);
    }
    return scratch;
  }

  /** Frees all that was made with this engine; none of it may be used afterwards. */
  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().run();
    }
    handles = null;
    scratch = null;
  }

  private Handles handles() {
    if (handles == null) {
      Library.load();
      dnnl_engine engine = new dnnl_engine();
      OneDnnException.check(dnnl_engine_create(engine, dnnl_cpu, 0), "engine");
      own(() -> dnnl_engine_destroy(engine));
      dnnl_stream stream = new dnnl_stream();
      OneDnnException.check(dnnl_stream_create(stream, engine, dnnl_stream_in_order), "stream");
      own(() -> dnnl_stream_destroy(stream));
      handles = new Handles(engine, stream);
    }
    return handles;
  }

  /** Loaded once in the life of the process. */
  private static final class Library {
    static {
      UnpackedLibraries.load(
          List.of(dnnl_engine.class), org.bytedeco.dnnl.global.dnnl::dnnl_version);
    }

    static void load() {
      // the work is the class's initialisation
    }
  }
}
