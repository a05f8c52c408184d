package org.onecycle.bench.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers that all sides of a row work on, in one folder: {@code spec.json} with sizes and
 * shapes, and a file of little-endian numbers for each array.
 */
public final class InputFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPEC = "spec.json";
  private static final String SIZES = "sizes";
  private static final String ARRAYS = "arrays";

  private final Path folder;
  private final ObjectNode spec;

  private InputFolder(Path folder, ObjectNode spec) {
    this.folder = folder;
    this.spec = spec;
  }

  /** Starts an empty folder, to be filled and {@link #save}d. */
  public static InputFolder create(Path folder) {
    ObjectNode spec = JSON.createObjectNode();
    spec.putObject(SIZES);
    spec.putObject(ARRAYS);
    return new InputFolder(folder, spec);
  }

  /** Opens a folder. */
  public static InputFolder open(Path folder) {
    try {
      return new InputFolder(folder, (ObjectNode) JSON.readTree(folder.resolve(SPEC).toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes a size. */
  public InputFolder size(String name, long value) {
    sizes().put(name, value);
    return this;
  }

  /** Notes sizes. */
  public InputFolder sizes(String name, int... values) {
    var list = sizes().putArray(name);
    for (int v : values) {
      list.add(v);
    }
    return this;
  }

  /** Notes fractions, such as dropouts. */
  public InputFolder fractions(String name, double... values) {
    var list = sizes().putArray(name);
    for (double v : values) {
      list.add(v);
    }
    return this;
  }

  /** Notes texts, such as the names of files. */
  public InputFolder texts(String name, List<String> values) {
    values.forEach(sizes().putArray(name)::add);
    return this;
  }

  /** Writes an array of FLOAT. */
  public InputFolder floats(String name, float[] data, long... shape) {
    ByteBuffer bytes = buffer(data.length * Float.BYTES);
    bytes.asFloatBuffer().put(data);
    return array(name, "float32", bytes, shape);
  }

  /** Writes an array of INT64. */
  public InputFolder longs(String name, long[] data, long... shape) {
    ByteBuffer bytes = buffer(data.length * Long.BYTES);
    bytes.asLongBuffer().put(data);
    return array(name, "int64", bytes, shape);
  }

  private InputFolder array(String name, String dtype, ByteBuffer bytes, long... shape) {
    try {
      Files.write(folder.resolve(name), bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ObjectNode array = ((ObjectNode) spec.get(ARRAYS)).putObject(name);
    array.put("dtype", dtype);
    var axes = array.putArray("shape");
    for (long s : shape) {
      axes.add(s);
    }
    return this;
  }

  /** Writes the sizes. */
  public InputFolder save() {
    try {
      JSON.writeValue(folder.resolve(SPEC).toFile(), spec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Returns a size. */
  public int size(String name) {
    return known(sizes(), name).asInt();
  }

  /** Returns sizes. */
  public int[] sizesOf(String name) {
    JsonNode list = known(sizes(), name);
    int[] out = new int[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = list.get(i).asInt();
    }
    return out;
  }

  /** Returns fractions. */
  public double[] fractionsOf(String name) {
    JsonNode list = known(sizes(), name);
    double[] out = new double[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = list.get(i).asDouble();
    }
    return out;
  }

  /** Returns texts. */
  public List<String> textsOf(String name) {
    List<String> out = new ArrayList<>();
    known(sizes(), name).forEach(n -> out.add(n.asText()));
    return out;
  }

  /** Returns the shape of an array. */
  public long[] shape(String name) {
    JsonNode axes = known(spec.get(ARRAYS), name).get("shape");
    long[] out = new long[axes.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = axes.get(i).asLong();
    }
    return out;
  }

  /** Reads an array of FLOAT. */
  public float[] floats(String name) {
    ByteBuffer bytes = read(name);
    float[] out = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(out);
    return out;
  }

  /** Reads an array of INT64. */
  public long[] longs(String name) {
    ByteBuffer bytes = read(name);
    long[] out = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(out);
    return out;
  }

  private ByteBuffer read(String name) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)))
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode sizes() {
    return (ObjectNode) spec.get(SIZES);
  }

  private JsonNode known(JsonNode node, String name) {
    JsonNode found = node.get(name);
    if (found == null) {
      throw new IllegalArgumentException("%s has no %s".formatted(folder.resolve(SPEC), name));
    }
    return found;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
