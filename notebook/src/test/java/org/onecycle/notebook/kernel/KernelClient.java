package org.onecycle.notebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Starts a kernel in a process of its own and talks to it as Jupyter does. */
public final class KernelClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DELIMITER = "<IDS|MSG>";
  private static final int POLL_MILLIS = 200;
  private static final String KEY = "onecycle";
  private static final long CELL_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final String session = UUID.randomUUID().toString();
  private final Path connectionFile;
  private final Path log;
  private final HMACGenerator signer;
  private final Process process;
  private final ZMQ.Context context = ZMQ.context(1);
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket iopub;

  private KernelClient(Path folder, List<String> jvmOptions) throws Exception {
    signer = new HMACGenerator("HmacSHA256", KEY);
    int[] ports = freePorts(5);
    ObjectNode connection = JSON.createObjectNode();
    connection.put("ip", "127.0.0.1").put("transport", "tcp");
    connection.put("signature_scheme", "hmac-sha256").put("key", KEY);
    String[] names = {"shell_port", "control_port", "iopub_port", "stdin_port", "hb_port"};
    for (int i = 0; i < names.length; i++) {
      connection.put(names[i], ports[i]);
    }
    connectionFile = Files.createTempFile("kernel", ".json");
    log = Files.createTempFile("kernel", ".log");
    Files.writeString(connectionFile, connection.toString());
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", kernelClassPath(), TestKernel.class.getName()));
    command.add(connectionFile.toString());
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    shell = connect(SocketType.DEALER, ports[0]);
    control = connect(SocketType.DEALER, ports[1]);
    iopub = connect(SocketType.SUB, ports[2]);
    iopub.subscribe(new byte[0]);
  }

  /** Starts a kernel that works in a folder, and waits until it answers. */
  public static KernelClient start(Path folder, String... jvmOptions) throws Exception {
    List<String> options =
        new ArrayList<>(List.of("-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1"));
    options.addAll(List.of(jvmOptions));
    KernelClient client = new KernelClient(folder, options);
    try {
      String id;
      do {
        // A subscription takes effect some time after the connection: ask until it is heard.
        id = client.send(client.shell, "kernel_info_request", JSON.createObjectNode());
      } while (!client.answered(id));
      return client;
    } catch (Exception | Error e) {
      client.close();
      throw e;
    }
  }

  private boolean answered(String id) throws IOException {
    for (int i = 0; i < 5; i++) {
      JsonNode message = poll();
      if (message != null && idle(message, id)) {
        return true;
      }
    }
    return false;
  }

  /** The kernel sees its own classes and its libraries, nothing of the product. */
  private static String kernelClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            e ->
                e.replace('\\', '/').endsWith("notebook/target/test-classes")
                    || e.matches(".*(jupyter-jvm-basekernel|jeromq|jnacl|gson)-[^/]*\\.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int[] freePorts(int n) throws IOException {
    ServerSocket[] sockets = new ServerSocket[n];
    int[] ports = new int[n];
    for (int i = 0; i < n; i++) {
      sockets[i] = new ServerSocket(0);
      ports[i] = sockets[i].getLocalPort();
    }
    for (ServerSocket s : sockets) {
      s.close();
    }
    return ports;
  }

  private ZMQ.Socket connect(SocketType type, int port) {
    ZMQ.Socket socket = context.socket(type);
    socket.setLinger(0);
    socket.connect("tcp://127.0.0.1:" + port);
    return socket;
  }

  /**
   * Runs a cell.
   *
   * @param seen gets every message about it while it runs
   */
  public void execute(String code, Consumer<JsonNode> seen) throws IOException {
    ObjectNode content = JSON.createObjectNode();
    content.put("code", code).put("silent", false).put("store_history", true);
    content.put("allow_stdin", false).put("stop_on_error", true).putObject("user_expressions");
    String id = send(shell, "execute_request", content);
    JsonNode message = null;
    long begun = System.nanoTime();
    while (message == null || !idle(message, id)) {
      if (System.nanoTime() - begun > CELL_NANOS) {
        throw new IllegalStateException("a cell does not come to an end:\n" + code);
      }
      message = poll();
      if (message != null && parent(message).equals(id)) {
        seen.accept(message);
      }
    }
  }

  /** Asks the kernel to interrupt what runs. */
  public void interrupt() throws IOException {
    send(control, "interrupt_request", JSON.createObjectNode());
  }

  private static String parent(JsonNode message) {
    return message.path("parent_header").path("msg_id").asText();
  }

  private static boolean idle(JsonNode message, String id) {
    return parent(message).equals(id)
        && message.path("header").path("msg_type").asText().equals("status")
        && message.path("content").path("execution_state").asText().equals("idle");
  }

  private String send(ZMQ.Socket socket, String type, JsonNode content) throws IOException {
    String id = UUID.randomUUID().toString();
    ObjectNode header = JSON.createObjectNode();
    header.put("msg_id", id).put("session", session).put("username", "test");
    header.put("date", "2026-01-01T00:00:00.000000Z").put("msg_type", type).put("version", "5.3");
    byte[][] parts = {bytes(header), bytes("{}"), bytes("{}"), bytes(content)};
    socket.sendMore(DELIMITER);
    socket.sendMore(signer.calculateSignature(parts));
    for (int i = 0; i < parts.length; i++) {
      socket.send(parts[i], i < parts.length - 1 ? ZMQ.SNDMORE : 0);
    }
    return id;
  }

  private static byte[] bytes(Object json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the next message of the kernel to all, or null if there is none for a while. */
  private JsonNode poll() throws IOException {
    iopub.setReceiveTimeOut(POLL_MILLIS);
    byte[] first = iopub.recv();
    if (first == null) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the kernel has ended:\n" + Files.readString(log));
      }
      return null;
    }
    List<String> frames = new ArrayList<>(List.of(new String(first, StandardCharsets.UTF_8)));
    while (iopub.hasReceiveMore()) {
      frames.add(new String(iopub.recv(), StandardCharsets.UTF_8));
    }
    int at = frames.indexOf(DELIMITER);
    ObjectNode message = JSON.createObjectNode();
    message.set("header", JSON.readTree(frames.get(at + 2)));
    message.set("parent_header", JSON.readTree(frames.get(at + 3)));
    message.set("content", JSON.readTree(frames.get(at + 5)));
    return message;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    for (ZMQ.Socket s : List.of(shell, control, iopub)) {
      s.close();
    }
    context.close();
    Files.deleteIfExists(connectionFile);
    Files.deleteIfExists(log);
  }
}
