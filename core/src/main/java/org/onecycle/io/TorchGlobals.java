package org.onecycle.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The names that a PyTorch checkpoint of tensors may use, and what each makes here; every other
 * name is refused.
 */
final class TorchGlobals implements Pickle.Globals {
  /** Gives the bytes of the storage of a key, which are there when the checkpoint has been read. */
  interface Storages {
    Supplier<ByteBuffer> bytes(String key, long count, ElementType type);
  }

  /** A storage: elements of a type; untyped ones count bytes. */
  record Storage(ElementType type, long count, Supplier<ByteBuffer> bytes) {}

  /** A storage class; type null for an untyped one. */
  private record StorageClass(ElementType type) {}

  private record Function(String name) {}

  private static final int MAX_RANK = 64;
  private static final Map<String, String> SAME_MODULES =
      Map.of("__builtin__", "builtins", "numpy._core.multiarray", "numpy.core.multiarray");
  private static final Set<String> UNTYPED =
      Set.of("UntypedStorage", "_UntypedStorage", "TypedStorage", "_TypedStorage");
  private static final Set<String> FUNCTIONS =
      Set.of(
          "collections.OrderedDict",
          "collections.Counter",
          "builtins.set",
          "builtins.frozenset",
          "torch._utils._rebuild_tensor",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_tensor_v3",
          "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state",
          "torch._tensor._rebuild_from_type_v2",
          "torch.Tensor",
          "torch.nn.parameter.Parameter",
          "torch.Size",
          "torch.device",
          "torch.serialization._get_layout",
          "argparse.Namespace",
          "fastcore.foundation.L",
          "numpy.dtype",
          "numpy.core.multiarray.scalar",
          "_codecs.encode");

  private final Storages storages;
  // Objects whose state is their content, by identity.
  private final Map<Object, Boolean> stateful = new IdentityHashMap<>();

  TorchGlobals(Storages storages) {
    this.storages = storages;
  }

  @Override
  public Object find(String module, String name) {
    String full = SAME_MODULES.getOrDefault(module, module) + "." + name;
    if (FUNCTIONS.contains(full)) {
      return new Function(full);
    }
    if (module.equals("torch") || module.equals("torch.cuda")) {
      var type = ElementType.ofTorch(name);
      if (type.isPresent()) {
        return name.endsWith("Storage") ? new StorageClass(type.get()) : type.get();
      }
    }
    boolean storage = module.equals("torch.storage") || module.equals("torch");
    if (storage && UNTYPED.contains(name)) {
      return new StorageClass(null);
    }
    throw new PickleException(
        "it asks for %s.%s, which no checkpoint of plain tensors needs; refused, nothing was"
                .formatted(abbreviated(module), abbreviated(name))
            + " executed (save model.state_dict() rather than a whole object)");
  }

  private static String abbreviated(String name) {
    return name.length() > 80 ? name.substring(0, 80) + "..." : name;
  }

  @Override
  public Object call(Object callable, List<Object> a) {
    if (!(callable instanceof Function function)) {
      throw new PickleException("refused: a call of something that is no known function");
    }
    try {
      return call(function.name, a);
    } catch (IndexOutOfBoundsException e) {
      throw new PickleException("malformed pickle: arguments missing for " + function.name, e);
    }
  }

  private Object call(String name, List<Object> a) {
    return switch (name) {
      case "collections.OrderedDict", "collections.Counter" -> dict(a);
      case "builtins.set", "builtins.frozenset" -> {
        Set<Object> set = new LinkedHashSet<>();
        list(a.get(0)).forEach(v -> set.add(Pickle.key(v)));
        yield set;
      }
      case "argparse.Namespace" -> stateful(new LinkedHashMap<>());
      case "fastcore.foundation.L" ->
          stateful(a.isEmpty() ? new ArrayList<>() : new ArrayList<>(list(a.get(0))));
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" ->
          tensor((Storage) a.get(0), null, a);
      case "torch._utils._rebuild_tensor_v3" ->
          tensor((Storage) a.get(0), (ElementType) a.get(6), a);
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
          (StoredTensor) a.get(0);
      case "torch._tensor._rebuild_from_type_v2" -> {
        String type = ((Function) a.get(1)).name;
        if (((Function) a.get(0)).name.equals(name)) {
          throw new PickleException("malformed pickle: a tensor made of itself");
        }
        if (!type.equals("torch.Tensor") && !type.equals("torch.nn.parameter.Parameter")) {
          throw new PickleException("refused: a tensor of type " + type);
        }
        yield (StoredTensor) call(a.get(0), list(a.get(2)));
      }
      case "torch.Size" -> Collections.unmodifiableList(new ArrayList<>(list(a.get(0))));
      case "torch.device" ->
          a.size() > 1 ? (String) a.get(0) + ":" + (Long) a.get(1) : (String) a.get(0);
      case "torch.serialization._get_layout" -> (String) a.get(0);
      case "numpy.dtype" -> new NumpyScalarType((String) a.get(0));
      case "numpy.core.multiarray.scalar" -> ((NumpyScalarType) a.get(0)).decode((byte[]) a.get(1));
      case "_codecs.encode" -> {
        if (!List.of("latin1", "latin-1").contains(a.get(1))) {
          throw new PickleException("refused: text encoded other than as latin1");
        }
        yield ((String) a.get(0)).getBytes(StandardCharsets.ISO_8859_1);
      }
      default -> throw new PickleException("refused: a call of " + name);
    };
  }

  @Override
  public boolean build(Object target, Object state) {
    if (target instanceof NumpyScalarType type) {
      type.order((String) list(state).get(1));
      return true;
    }
    if (stateful.containsKey(target) && state instanceof Map<?, ?> map) {
      if (target instanceof List<?>) {
        List<Object> items = new ArrayList<>(list(map.get("items")));
        list(target).clear();
        list(target).addAll(items);
      } else {
        map(target).putAll(map);
      }
      return true;
    }
    return target instanceof StoredTensor;
  }

  private Object stateful(Object made) {
    stateful.put(made, true);
    return made;
  }

  private static Map<Object, Object> dict(List<Object> a) {
    Map<Object, Object> dict = new LinkedHashMap<>();
    if (!a.isEmpty() && a.get(0) instanceof Map<?, ?> map) {
      dict.putAll(map);
    } else if (!a.isEmpty()) {
      for (Object item : list(a.get(0))) {
        List<Object> pair = list(item);
        dict.put(Pickle.key(pair.get(0)), pair.get(1));
      }
    }
    return dict;
  }

  /** {@code ("storage", class, key, location, count[, view])}, the view of old files only. */
  @Override
  public Object persistent(Object id) {
    List<Object> parts = list(id);
    if (parts.size() < 5 || !"storage".equals(parts.get(0))) {
      throw new PickleException("malformed pickle: a reference to something other than a storage");
    }
    if (!(parts.get(1) instanceof StorageClass kind) || !(parts.get(2) instanceof String key)) {
      throw new PickleException("malformed pickle: a storage without type or key");
    }
    long count = (Long) parts.get(4);
    ElementType type = kind.type == null ? ElementType.UINT8 : kind.type;
    if (count < 0 || count > Long.MAX_VALUE / type.bytes()) {
      throw new PickleException("storage " + key + " of " + count + " elements");
    }
    Supplier<ByteBuffer> bytes = storages.bytes(key, count, type);
    if (parts.size() > 5 && parts.get(5) != null) {
      throw new PickleException("storage " + key + " is a view, as PyTorch before 0.4 wrote them");
    }
    return new Storage(kind.type, count, bytes);
  }

  private static StoredTensor tensor(Storage storage, ElementType given, List<Object> a) {
    ElementType type = given != null ? given : storage.type;
    if (type == null) {
      throw new PickleException("a tensor without an element type");
    }
    long offset = (Long) a.get(1);
    long[] shape = longs(a.get(2));
    long[] strides = longs(a.get(3));
    long bytes = storage.count * (storage.type == null ? 1 : storage.type.bytes());
    check(shape, strides, offset, type, bytes);
    return new StoredTensor("", type, shape, strides, offset, storage.bytes);
  }

  private static void check(
      long[] shape, long[] strides, long offset, ElementType type, long bytes) {
    if (shape.length > MAX_RANK) {
      throw new PickleException("a tensor of " + shape.length + " dimensions");
    }
    String what = "tensor of shape " + Arrays.toString(shape);
    if (shape.length != strides.length || offset < 0) {
      throw new PickleException(what + " with bad strides or offset");
    }
    long count;
    try {
      count = StoredTensor.count(shape);
    } catch (IllegalArgumentException e) {
      throw new PickleException(e.getMessage());
    }
    long last = offset;
    for (int d = 0; d < shape.length; d++) {
      if (strides[d] < 0) {
        throw new PickleException(what + " with a negative stride");
      }
      last = Math.addExact(last, Math.multiplyExact(Math.max(shape[d] - 1, 0), strides[d]));
    }
    if (count > 0 && last >= bytes / type.bytes()) {
      throw new PickleException(
          what + " reaches element " + last + " of a storage of " + bytes / type.bytes());
    }
    // An expanded tensor is greater than its storage; a small file must not fill the memory.
    long limit = Math.max(bytes, 1L << 28);
    if (count * type.bytes() > Math.min(limit, Integer.MAX_VALUE)) {
      throw new PickleException(what + " is refused: more than its storage, or than 2 GiB");
    }
  }

  private static long[] longs(Object value) {
    return list(value).stream().mapToLong(v -> (Long) v).toArray();
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> map(Object value) {
    return (Map<Object, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    if (value instanceof List) {
      return (List<Object>) value;
    }
    throw new PickleException("malformed pickle: expected a list");
  }
}
