package org.onecycle.io;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The format before PyTorch 1.6: pickles of a magic number, a version, the machine, the content and
 * the storages' keys, then for each key the count of its elements (8 bytes) and the elements.
 */
final class TorchLegacy {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final int MAGIC_BYTES = 15;
  private static final long VERSION = 1001;

  private record Wanted(long count, int itemBytes) {}

  private final FileBytes file;
  private final Map<String, Wanted> wanted = new LinkedHashMap<>();
  private final Map<String, Long> starts = new HashMap<>();

  private TorchLegacy(FileBytes file) {
    this.file = file;
  }

  static boolean looksLike(FileBytes file) {
    if (file.size() < MAGIC_BYTES) {
      return false;
    }
    try {
      return MAGIC.equals(plain(file.slice(0, MAGIC_BYTES, "the first bytes")));
    } catch (PickleException e) {
      return false;
    }
  }

  static TorchCheckpoint read(FileBytes file) {
    return new TorchLegacy(file).read();
  }

  private TorchCheckpoint read() {
    long length = Math.min(file.size(), TorchZip.MAX_PICKLE);
    ByteBuffer in = file.slice(0, length, "the pickles").position(MAGIC_BYTES);
    if (!Objects.equals(plain(in), VERSION)) {
      throw file.error("unknown version of the legacy PyTorch format");
    }
    if (!(plain(in) instanceof Map<?, ?> machine)
        || !Objects.equals(machine.get("little_endian"), true)) {
      throw file.error("written on a big-endian machine; only little-endian files are read");
    }
    Pickle.Result content = Pickle.load(in, new TorchGlobals(this::storage));
    if (!(plain(in) instanceof List<?> keys)) {
      throw file.error("damaged legacy checkpoint: no list of storages");
    }
    locate(keys, in.position());
    return new TorchCheckpoint(file.file(), content);
  }

  private void locate(List<?> keys, long from) {
    long at = from;
    for (Object key : keys) {
      Wanted storage = wanted.get(key);
      if (storage == null || starts.containsKey(key)) {
        throw file.error("damaged legacy checkpoint: an unexpected storage");
      }
      long count = file.slice(at, 8, "the size of storage " + key).getLong(0);
      if (count < storage.count || count > (file.size() - at - 8) / storage.itemBytes) {
        throw file.error(
            "truncated or damaged: storage %s of %d elements, %d expected, %d bytes left",
            key, count, storage.count, file.size() - at - 8);
      }
      starts.put((String) key, at + 8);
      at += 8 + count * storage.itemBytes;
    }
    for (String key : wanted.keySet()) {
      if (!starts.containsKey(key)) {
        throw file.error("damaged legacy checkpoint: storage %s is missing", key);
      }
    }
  }

  private Supplier<ByteBuffer> storage(String key, long count, ElementType type) {
    Wanted before = wanted.put(key, new Wanted(count, type.bytes()));
    if (before != null && !before.equals(wanted.get(key))) {
      throw file.error("damaged legacy checkpoint: storage %s has two sizes", key);
    }
    return () -> file.slice(starts.get(key), count * type.bytes(), "storage " + key);
  }

  private static Object plain(ByteBuffer in) {
    TorchGlobals none =
        new TorchGlobals(
            (key, count, type) -> {
              throw new PickleException("malformed: a storage outside of the content");
            });
    return Pickle.load(in, none).value();
  }
}
