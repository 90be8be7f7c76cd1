package dev.drey.core.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The instruction set that a worker's mathematical kernels are held to. Libraries choose kernels by
 * the processor they find, and different kernels add in different orders: held to one set, hosts of
 * different make compute the same bits.
 */
public enum Kernels {
  /** AVX2 with FMA, which every x86 host of AWS Lambda has. */
  @JsonProperty("avx2")
  AVX2("Haswell", "AVX2");

  private final String openblas;
  private final String onednn;

  Kernels(String openblas, String onednn) {
    this.openblas = openblas;
    this.onednn = onednn;
  }

  /**
   * The variables that hold Drey's worker to these kernels: OpenBLAS and oneDNN read them once, as
   * its process starts.
   */
  public SortedMap<String, String> environment() {
    SortedMap<String, String> environment = new TreeMap<>();
    environment.put("DNNL_MAX_CPU_ISA", onednn);
    environment.put("OPENBLAS_CORETYPE", openblas);
    return environment;
  }

  /** Whether a process with these variables is held to these kernels. */
  public boolean areSetIn(Map<String, String> variables) {
    return variables.entrySet().containsAll(environment().entrySet());
  }

  /** The variables as a shell sets them. */
  public String settings() {
    return environment().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }
}
