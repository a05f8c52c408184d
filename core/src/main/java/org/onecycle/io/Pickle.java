package org.onecycle.io;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A machine for pickles (protocols 0 to 5) that builds plain values only: a pickle names functions
 * to call, and here every name is a key of a closed table.
 *
 * <p>Values: null, Boolean, Long, BigInteger, Double, String, byte[], List (tuples cannot be
 * changed), Map, Set, and what the {@link Globals} make. The opcodes are those of CPython's
 * pickletools.
 */
final class Pickle {
  /** What the names in a pickle stand for. */
  interface Globals {
    /**
     * The value of a name.
     *
     * @throws PickleException if it is refused
     */
    Object find(String module, String name);

    /** Calls what {@link #find} gave. */
    Object call(Object callable, List<Object> arguments);

    /** Gives an object its state; true if that was done. */
    boolean build(Object target, Object state);

    /** The object outside of the pickle with this id. */
    Object persistent(Object id);
  }

  /** The values, and the attributes that were set on some of them, by identity. */
  record Result(Object value, Map<Object, Object> attributes) {}

  private static final int MAX_NUMBER_BYTES = 1024;

  private final PickleInput in;
  private final Globals globals;
  private final Map<Long, Object> memo = new HashMap<>();
  private final Map<Object, Object> attributes = new IdentityHashMap<>();
  private final Deque<List<Object>> marks = new ArrayDeque<>();
  private List<Object> stack = new ArrayList<>();
  // What is copied rather than read once must not grow faster than the pickle is long.
  private long budget;

  private Pickle(ByteBuffer bytes, Globals globals) {
    this.in = new PickleInput(bytes);
    this.globals = globals;
    this.budget = 1_000_000 + 4L * bytes.remaining();
  }

  /**
   * Reads one pickle and leaves the buffer behind it.
   *
   * @throws PickleException for anything but a whole, allowed pickle
   */
  static Result load(ByteBuffer bytes, Globals globals) {
    Pickle machine = new Pickle(bytes, globals);
    try {
      return new Result(machine.run(), machine.attributes);
    } catch (PickleException | WeightsFormatException e) {
      throw e;
    } catch (RuntimeException e) {
      // Untrusted bytes: a wrong type, a missing value or a bad number is a malformed pickle.
      throw new PickleException("malformed pickle at byte " + machine.in.position(), e);
    }
  }

  private Object run() {
    while (true) {
      int op = in.u1();
      if (op == '.') {
        if (!marks.isEmpty() || stack.size() != 1) {
          throw new PickleException("malformed pickle: it ends in the middle of a value");
        }
        return stack.get(0);
      }
      if (!(scalar(op) || container(op) || memory(op) || object(op))) {
        throw new PickleException(
            "unknown or refused pickle opcode 0x%02x at byte %d".formatted(op, in.position() - 1));
      }
    }
  }

  private boolean scalar(int op) {
    switch (op) {
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) in.i4());
      case 'K' -> push((long) in.u1());
      case 'M' -> push((long) in.u2());
      case 'I', 'L' -> push(decimal(in.line()));
      case 0x8a -> push(binary(in.u1()));
      case 0x8b -> push(binary(in.i4()));
      case 'F' -> push(Double.parseDouble(in.line()));
      case 'G' -> push(in.bigEndianDouble());
      case 'X' -> push(in.text(in.u4()));
      case 0x8c -> push(in.text(in.u1()));
      case 0x8d -> push(in.text(in.i8()));
      case 'V' -> push(in.line());
      case 'U' -> push(in.text(in.u1()));
      case 'T' -> push(in.text(in.i4()));
      case 'C' -> push(in.bytes(in.u1()));
      case 'B' -> push(in.bytes(in.u4()));
      case 0x8e, 0x96 -> push(in.bytes(in.i8()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int op) {
    switch (op) {
      case '(' -> {
        marks.push(stack);
        stack = new ArrayList<>();
      }
      case ']' -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case ')' -> push(List.of());
      case 0x8f -> push(new LinkedHashSet<>());
      case 'l' -> push(popMark());
      case 't' -> push(Collections.unmodifiableList(popMark()));
      case 0x85, 0x86, 0x87 -> push(Collections.unmodifiableList(popLast(op - 0x84)));
      case 'd' -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        putAll(map, popMark());
        push(map);
      }
      case 'a' -> {
        Object value = pop();
        list(top()).add(value);
      }
      case 'e' -> {
        List<Object> values = popMark();
        list(top()).addAll(values);
      }
      case 's' -> {
        List<Object> pair = popLast(2);
        putAll(map(top()), pair);
      }
      case 'u' -> {
        List<Object> pairs = popMark();
        putAll(map(top()), pairs);
      }
      case 0x90 -> {
        List<Object> values = popMark();
        values.forEach(v -> set(top()).add(key(v)));
      }
      case 0x91 -> {
        LinkedHashSet<Object> frozen = new LinkedHashSet<>();
        popMark().forEach(v -> frozen.add(key(v)));
        push(Collections.unmodifiableSet(frozen));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int op) {
    switch (op) {
      case 0x80 -> {
        int protocol = in.u1();
        if (protocol > 5) {
          throw new PickleException("pickle protocol " + protocol + ", known are 0 to 5");
        }
      }
      case 0x95 -> in.checkRemaining(in.i8());
      case '0' -> {
        if (stack.isEmpty()) {
          popMark();
        } else {
          pop();
        }
      }
      case '1' -> popMark();
      case '2' -> push(top());
      case 'p' -> memo.put(Long.parseLong(in.line()), top());
      case 'q' -> memo.put((long) in.u1(), top());
      case 'r' -> memo.put(in.u4(), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'g' -> push(recall(Long.parseLong(in.line())));
      case 'h' -> push(recall(in.u1()));
      case 'j' -> push(recall(in.u4()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int op) {
    switch (op) {
      case 'c' -> push(globals.find(in.line(), in.line()));
      case 0x93 -> {
        List<Object> names = popLast(2);
        push(globals.find((String) names.get(0), (String) names.get(1)));
      }
      case 'R', 0x81 -> {
        List<Object> call = popLast(2);
        push(call(call.get(0), list(call.get(1))));
      }
      case 0x92 -> {
        List<Object> call = popLast(3);
        if (!map(call.get(2)).isEmpty()) {
          throw new PickleException("refused: an object made with named arguments");
        }
        push(call(call.get(0), list(call.get(1))));
      }
      case 'b' -> {
        Object state = pop();
        Object target = top();
        spend(size(state));
        if (!globals.build(target, state)) {
          if (!(target instanceof Map)) {
            throw new PickleException("refused: state for a value that takes none");
          }
          attributes.put(target, state);
        }
      }
      case 'Q' -> push(globals.persistent(pop()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private Object call(Object callable, List<Object> arguments) {
    for (Object argument : arguments) {
      spend(size(argument));
    }
    return globals.call(callable, arguments);
  }

  private static int size(Object value) {
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    return value instanceof String text ? text.length() : 1;
  }

  private void spend(int elements) {
    budget -= elements;
    if (budget < 0) {
      throw new PickleException("refused: a pickle that copies itself over and over");
    }
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object pop() {
    return popLast(1).get(0);
  }

  private Object top() {
    if (stack.isEmpty()) {
      throw new PickleException("malformed pickle: nothing on the stack");
    }
    return stack.get(stack.size() - 1);
  }

  private List<Object> popLast(int n) {
    int from = stack.size() - n;
    if (from < 0) {
      throw new PickleException("malformed pickle: nothing on the stack");
    }
    List<Object> tail = stack.subList(from, stack.size());
    List<Object> out = new ArrayList<>(tail);
    tail.clear();
    return out;
  }

  private List<Object> popMark() {
    if (marks.isEmpty()) {
      throw new PickleException("malformed pickle: no mark on the stack");
    }
    List<Object> values = stack;
    stack = marks.pop();
    return values;
  }

  private Object recall(long index) {
    Object value = memo.get(index);
    if (value == null && !memo.containsKey(index)) {
      throw new PickleException("malformed pickle: nothing remembered under " + index);
    }
    return value;
  }

  private static void putAll(Map<Object, Object> map, List<Object> pairs) {
    if (pairs.size() % 2 != 0) {
      throw new PickleException("malformed pickle: a key without a value");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      map.put(key(pairs.get(i)), pairs.get(i + 1));
    }
  }

  /** Only what hashes without walking through other values, which might contain themselves. */
  static Object key(Object value) {
    boolean plain =
        value == null
            || value instanceof String
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof ElementType;
    if (plain || value instanceof List<?> tuple && tuple.stream().allMatch(Pickle::isScalar)) {
      return value instanceof List<?> tuple ? List.copyOf(tuple) : value;
    }
    throw new PickleException("refused: a key that is neither text, number nor a tuple of them");
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private static Object decimal(String line) {
    if (line.equals("00") || line.equals("01")) {
      return line.equals("01");
    }
    String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
    if (digits.length() > MAX_NUMBER_BYTES) {
      throw new PickleException("refused: a number of " + digits.length() + " digits");
    }
    return narrow(new BigInteger(digits));
  }

  private Object binary(int length) {
    if (length < 0 || length > MAX_NUMBER_BYTES) {
      throw new PickleException("refused: a number of " + length + " bytes");
    }
    byte[] little = in.bytes(length);
    byte[] big = new byte[length];
    for (int i = 0; i < length; i++) {
      big[i] = little[length - 1 - i];
    }
    return length == 0 ? 0L : narrow(new BigInteger(big));
  }

  private static Object narrow(BigInteger value) {
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    if (value instanceof List) {
      return (List<Object>) value;
    }
    throw new PickleException("malformed pickle: expected a list");
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> map(Object value) {
    if (value instanceof Map) {
      return (Map<Object, Object>) value;
    }
    throw new PickleException("malformed pickle: expected a dict");
  }

  @SuppressWarnings("unchecked")
  private static LinkedHashSet<Object> set(Object value) {
    if (value instanceof LinkedHashSet) {
      return (LinkedHashSet<Object>) value;
    }
    throw new PickleException("malformed pickle: expected a set");
  }
}
