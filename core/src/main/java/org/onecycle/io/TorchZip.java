package org.onecycle.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The zip format: {@code NAME/data.pkl} and a file {@code NAME/data/KEY} for each storage. */
final class TorchZip {
  /** Some 100,000 tensors; values need more memory than the pickle that names them. */
  static final int MAX_PICKLE = 16 << 20;

  private static final Pattern PICKLE = Pattern.compile("([^/]+/)?data\\.pkl");

  private final FileBytes file;
  private final StoredZip zip;
  private final String folder;

  private TorchZip(FileBytes file) {
    this.file = file;
    this.zip = StoredZip.open(file);
    this.folder = folder();
  }

  static TorchCheckpoint read(FileBytes file) {
    return new TorchZip(file).read();
  }

  private TorchCheckpoint read() {
    String order = folder + "byteorder";
    if (zip.has(order) && !text(order).strip().equals("little")) {
      throw file.error("written on a big-endian machine; only little-endian files are read");
    }
    long size = zip.size(folder + "data.pkl");
    if (size > MAX_PICKLE) {
      throw file.error("a pickle of %d bytes, at most %d are read", size, MAX_PICKLE);
    }
    ByteBuffer pickle = zip.read(folder + "data.pkl");
    return new TorchCheckpoint(file.file(), Pickle.load(pickle, new TorchGlobals(this::storage)));
  }

  private String folder() {
    String found = null;
    for (String name : zip.names()) {
      if (PICKLE.matcher(name).matches()) {
        if (found != null) {
          throw file.error("two checkpoints in one archive: %sdata.pkl and %s", found, name);
        }
        found = name.substring(0, name.length() - "data.pkl".length());
      }
    }
    if (found == null) {
      throw file.error("a zip archive, but no PyTorch checkpoint: no data.pkl in it");
    }
    return found;
  }

  private String text(String name) {
    zip.size(name);
    return StandardCharsets.UTF_8.decode(zip.read(name)).toString();
  }

  private Supplier<ByteBuffer> storage(String key, long count, ElementType type) {
    long length = count * type.bytes();
    String name = folder + "data/" + key;
    if (length > 0 || zip.has(name)) {
      if (!zip.has(name)) {
        throw file.error("storage %s is missing", name);
      }
      if (zip.size(name) < length) {
        throw file.error("storage %s has %d bytes, expected %d", name, zip.size(name), length);
      }
    }
    return () -> zip.read(name);
  }
}
