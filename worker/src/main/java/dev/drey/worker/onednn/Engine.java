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
 * A oneDNN engine (the CPU) with its stream, and the owner of all native objects: closing it frees
 * every layout, array and operation. The library is loaded when the first of them is created, so an
 * unused engine costs nothing. One thread at a time, not always the same.
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

  /**
   * Registers an action that frees something when the engine is closed, in reverse order of
   * registration.
   */
  void own(Runnable free) {
    owned.push(free);
  }

  /** Allocates memory for floats, aligned to a cache line and owned by the engine. */
  FloatPointer allocate(long bytes) {
    FloatPointer memory = new FloatPointer((bytes + ALIGNMENT) / Float.BYTES);
    own(memory::close);
    long misplaced = memory.address() % ALIGNMENT;
    long skipped = misplaced == 0 ? 0 : (ALIGNMENT - misplaced) / Float.BYTES;
    return memory.getPointer(skipped);
  }

  /** Registers the scratch memory that an operation needs while it executes. */
  void reserveScratch(long bytes) {
    scratchBytes = Math.max(scratchBytes, bytes);
  }

  /** The scratch memory that all operations share, as large as the largest registered size. */
  Pointer scratch() {
    if (scratch == null || scratch.capacity() * Float.BYTES < scratchBytes) {
      scratch = allocate(scratchBytes);
    }
    return scratch;
  }

  /** Frees all objects of this engine; none of them may be used afterwards. */
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

  /** Loads the native library, once per process. */
  private static final class Library {
    static {
      UnpackedLibraries.load(
          List.of(dnnl_engine.class), org.bytedeco.dnnl.global.dnnl::dnnl_version);
    }

    static void load() {
      // the static initialiser loads the library
    }
  }
}
