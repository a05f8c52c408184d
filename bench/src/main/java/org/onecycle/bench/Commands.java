package org.onecycle.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the processes of each side are started: the same number of threads for all, nothing else in
 * their favour or against them.
 *
 * @param root the project's folder
 * @param threads for kernels
 */
record Commands(Path root, int threads) {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path OPENBLAS = Path.of("/usr/lib/x86_64-linux-gnu/openblas-openmp");
  private static final String LIBRARY_PATH = "LD_LIBRARY_PATH";
  // Choices for other programs on this machine; each side is to choose its kernels itself.
  private static final List<String> FOREIGN =
      List.of(
          "OPENBLAS_CORETYPE",
          "OPENBLAS_L2_SIZE",
          "OPENBLAS_NUM_THREADS",
          "OMP_WAIT_POLICY",
          "OMP_PROC_BIND",
          "GOMP_SPINCOUNT",
          "MKL_NUM_THREADS",
          "JAVA_TOOL_OPTIONS");

  /** For both Java sides: the default collector fills what it may before it looks. */
  static final List<String> FRUGAL = List.of("-XX:+UseSerialGC", "-Xms16m", "-Xmn8m");

  /**
   * For ours: compilers leave their memory with the allocator, and older machines do not know the
   * option. libtorch's arrays come from the same allocator: to be trimmed slows it by a tenth.
   */
  static final List<String> TRIMMED =
      List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:TrimNativeHeapInterval=500");

  /** Returns the start of a worker; throws if the side is not built or installed here. */
  ProcessBuilder worker(Side side, String row, Path inputs) {
    ProcessBuilder start =
        switch (side) {
          case ONECYCLE, ONECYCLE_FLOAT ->
              java("bench", "org.onecycle.bench.ours.OnecycleWorker", row, inputs.toString());
          case LIBTORCH ->
              java(
                  "bench/libtorch",
                  "org.onecycle.bench.libtorch.LibtorchWorker",
                  row,
                  inputs.toString());
          case PYTORCH -> python(row, inputs);
        };
    Map<String, String> env = start.environment();
    FOREIGN.forEach(env::remove);
    env.put("OMP_NUM_THREADS", Integer.toString(threads));
    env.put("OPENCV_LOG_LEVEL", "OFF");
    env.put("OPT_OUT_TRACKING", "true");
    return start;
  }

  private ProcessBuilder java(String module, String main, String... args) {
    Path target = root.resolve(module).resolve("target");
    Path list = target.resolve("classpath.txt");
    if (!Files.exists(list)) {
      throw new UnsupportedOperationException(module + " is not built: there is no " + list);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Dorg.bytedeco.javacpp.logger=slf4j",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-Donecycle.bench.threads=" + threads));
    command.addAll(FRUGAL);
    if (module.equals("bench")) {
      command.addAll(TRIMMED);
    }
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", target.resolve("classes") + ":" + Texts.read(list).strip()));
    command.add(main);
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  private ProcessBuilder python(String row, Path inputs) {
    if (!Files.isExecutable(PYTHON)) {
      throw new UnsupportedOperationException("there is no " + PYTHON);
    }
    ProcessBuilder start =
        new ProcessBuilder(
            PYTHON.toString(),
            root.resolve("bench/python/peer.py").toString(),
            row,
            inputs.toString(),
            Integer.toString(threads));
    // Debian's default BLAS fights PyTorch's own threads, or is the reference implementation.
    if (Files.isDirectory(OPENBLAS)) {
      start
          .environment()
          .merge(LIBRARY_PATH, OPENBLAS.toString(), (others, first) -> first + ":" + others);
    }
    return start;
  }
}
