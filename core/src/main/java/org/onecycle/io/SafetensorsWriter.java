package org.onecycle.io;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes the safetensors format: the header keeps the order given, the numbers lie by falling
 * element size, so that each tensor is aligned.
 */
final class SafetensorsWriter {
  private SafetensorsWriter() {}

  static void write(Path path, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    if (tensors.containsKey(Safetensors.METADATA)) {
      throw new IllegalArgumentException("no tensor may be named " + Safetensors.METADATA);
    }
    List<Map.Entry<String, StoredTensor>> order = new ArrayList<>(tensors.entrySet());
    order.sort(
        Comparator.comparingInt(
            (Map.Entry<String, StoredTensor> e) -> -e.getValue().type().bytes()));
    byte[] header = header(tensors, order, metadata);
    AtomicFile.write(path, temporary -> writeAll(temporary, header, order));
  }

  private static void writeAll(
      Path file, byte[] header, List<Map.Entry<String, StoredTensor>> order) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      writeFully(channel, length.putLong(0, header.length));
      writeFully(channel, ByteBuffer.wrap(header));
      for (Map.Entry<String, StoredTensor> entry : order) {
        writeFully(channel, entry.getValue().data());
      }
      channel.force(true);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static byte[] header(
      Map<String, StoredTensor> tensors,
      List<Map.Entry<String, StoredTensor>> order,
      Map<String, String> metadata) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    if (!metadata.isEmpty()) {
      metadata.forEach(root.putObject(Safetensors.METADATA)::put);
    }
    for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", entry.getValue().type().safetensorsName());
      var shape = node.putArray("shape");
      for (long size : entry.getValue().shape()) {
        shape.add(size);
      }
    }
    long at = 0;
    for (Map.Entry<String, StoredTensor> entry : order) {
      long end = at + entry.getValue().numel() * entry.getValue().type().bytes();
      ((ObjectNode) root.get(entry.getKey())).putArray("data_offsets").add(at).add(end);
      at = end;
    }
    String json = root.toString();
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    if (text.length > Safetensors.MAX_HEADER) {
      throw new IllegalArgumentException("header of " + text.length + " bytes is too long");
    }
    return (json + " ".repeat((8 - text.length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
  }
}
