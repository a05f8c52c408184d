package org.onecycle.notebook;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A kernel of IJava's family, found and called by reflection, so that the library depends on none.
 */
final class ReflectedKernel implements Kernel {
  /**
   * Where a kernel of the family is found.
   *
   * @param holder the class with a static method that returns the running kernel
   * @param getter the method
   * @param display the package of its display classes
   */
  private record Kind(String holder, String getter, String display) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "io.github.spencerpark.ijava.runtime.Kernel",
              "getKernelInstance",
              "io.github.spencerpark.jupyter.kernel.display"),
          new Kind(
              "org.dflib.jjava.jupyter.kernel.BaseKernel",
              "notebookKernel",
              "org.dflib.jjava.jupyter.kernel.display"));

  private final Object kernel;
  private final Class<?> displayData;
  private final Class<?> renderFunction;

  private ReflectedKernel(Object kernel, Kind kind) throws ReflectiveOperationException {
    ClassLoader loader = kernel.getClass().getClassLoader();
    this.kernel = kernel;
    displayData = Class.forName(kind.display + ".DisplayData", true, loader);
    renderFunction = Class.forName(kind.display + ".RenderFunction", true, loader);
  }

  static Optional<Kernel> running() {
    for (Kind kind : KINDS) {
      try {
        Class<?> holder = Class.forName(kind.holder, true, ReflectedKernel.class.getClassLoader());
        Object kernel = holder.getMethod(kind.getter).invoke(null);
        if (kernel != null) {
          return Optional.of(new ReflectedKernel(kernel, kind));
        }
      } catch (ClassNotFoundException | InvocationTargetException e) {
        // Another kernel, or none.
        continue;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("this notebook kernel is not known: " + kind.holder, e);
      }
    }
    return Optional.empty();
  }

  @Override
  public String display(Shown shown) {
    String id = UUID.randomUUID().toString();
    call(
        () -> {
          Object data = data(shown);
          displayData.getMethod("setDisplayId", String.class).invoke(data, id);
          kernel.getClass().getMethod("display", displayData).invoke(kernel, data);
        });
    return id;
  }

  @Override
  public void update(String id, Shown shown) {
    call(
        () -> {
          Object io = kernel.getClass().getMethod("getIO").invoke(kernel);
          Field stream = io.getClass().getField("display");
          stream
              .getType()
              .getMethod("updateDisplay", String.class, displayData)
              .invoke(stream.get(io), id, data(shown));
        });
  }

  @Override
  public <T> void register(Class<T> type, Function<? super T, Shown> form) {
    call(
        () -> {
          Object renderer = kernel.getClass().getMethod("getRenderer").invoke(kernel);
          Object registration =
              renderer
                  .getClass()
                  .getMethod("createRegistration", Class.class)
                  .invoke(renderer, type);
          Class<?> kind = registration.getClass();
          Object any = new String[] {Shown.TEXT, Shown.HTML, Shown.PNG};
          kind.getMethod("supporting", String[].class).invoke(registration, any);
          Object function =
              Proxy.newProxyInstance(
                  renderFunction.getClassLoader(),
                  new Class<?>[] {renderFunction},
                  (proxy, method, args) -> render(proxy, method, args, type, form));
          kind.getMethod("register", renderFunction).invoke(registration, function);
        });
  }

  private <T> Object render(
      Object proxy, Method method, Object[] args, Class<T> type, Function<? super T, Shown> form)
      throws ReflectiveOperationException {
    switch (method.getName()) {
      case "render" -> {
        Object container = args[1].getClass().getMethod("getOutputContainer").invoke(args[1]);
        fill(container, form.apply(type.cast(args[0])));
        return null;
      }
      case "equals" -> {
        return proxy == args[0];
      }
      case "hashCode" -> {
        return System.identityHashCode(proxy);
      }
      default -> {
        return "renderer of " + type.getSimpleName();
      }
    }
  }

  private Object data(Shown shown) throws ReflectiveOperationException {
    Object data = displayData.getConstructor().newInstance();
    fill(data, shown);
    return data;
  }

  private void fill(Object container, Shown shown) throws ReflectiveOperationException {
    Method put = displayData.getMethod("putData", String.class, Object.class);
    for (var e : shown.byType().entrySet()) {
      put.invoke(container, e.getKey(), e.getValue());
    }
  }

  @FunctionalInterface
  private interface Call {
    void run() throws ReflectiveOperationException;
  }

  private static void call(Call call) {
    try {
      call.run();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the notebook cannot show this: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this notebook kernel is not known: " + e.getMessage(), e);
    }
  }
}
