package dev.drey.core.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The instruction set to which a worker's numerical libraries are restricted. By default they
 * choose kernels by the processor, and different kernels add in different orders. Restricted to one
 * instruction set, different processors compute the same bits.
 */
public enum Kernels {
  /** AVX2 with FMA, available on every x86 host of AWS Lambda. */
  @JsonProperty("avx2")
  AVX2("Haswell", "AVX2");

  private final String openblas;
  private final String onednn;

  Kernels(String openblas, String onednn) {
    this.openblas = openblas;
    this.onednn = onednn;
  }

  /**
   * The environment variables that restrict a worker process to these kernels; OpenBLAS and oneDNN
   * read them once, when they are loaded.
   */
  public SortedMap<String, String> environment() {
    SortedMap<String, String> environment = new TreeMap<>();
    environment.put("DNNL_MAX_CPU_ISA", onednn);
    environment.put("OPENBLAS_CORETYPE", openblas);
    return environment;
  }

  /** Whether a process with these environment variables is restricted to these kernels. */
  public boolean areSetIn(Map<String, String> variables) {
    return variables.entrySet().containsAll(environment().entrySet());
  }

  /** The variables as shell assignments. */
  public String settings() {
    return environment().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }
}
