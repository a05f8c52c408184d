package org.onecycle.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.opentest4j.TestAbortedException;

/** The classes of a page's snippets. */
final class CompiledPage {
  private final Page page;
  private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

  private CompiledPage(Page page) {
    this.page = page;
  }

  /** Compiles a page, with the class path of the running tests. */
  static CompiledPage of(Page page) throws IOException {
    CompiledPage compiled = new CompiledPage(page);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (JavaFileManager files = compiled.new Classes(compiler)) {
      List<String> options =
          List.of("-proc:none", "-g", "-cp", System.getProperty("java.class.path"));
      boolean fine =
          compiler
              .getTask(null, files, diagnostics, options, null, List.of(new Source(page)))
              .call();
      if (!fine) {
        Diagnostic<?> first =
            diagnostics.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .orElseThrow();
        throw new AssertionError(
            page.name() + ":" + first.getLineNumber() + ": " + first.getMessage(null));
      }
    }
    return compiled;
  }

  /** Runs a page's snippets. */
  void run(Path folder) throws ReflectiveOperationException {
    try {
      load().getMethod("run", Path.class).invoke(null, folder);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof TestAbortedException aborted) {
        throw aborted;
      }
      int line =
          Arrays.stream(cause.getStackTrace())
              .filter(s -> s.getClassName().startsWith(page.className()))
              .mapToInt(StackTraceElement::getLineNumber)
              .findFirst()
              .orElse(0);
      throw new AssertionError(page.name() + ":" + line + ": " + cause, cause);
    }
  }

  private Class<?> load() throws ReflectiveOperationException {
    Class<?> neighbour = neighbour();
    return neighbour == null ? new Loader().loadClass(page.className()) : beside(neighbour);
  }

  /** A class of the product in the page's package, whose package-private classes it may use. */
  private Class<?> neighbour() throws ClassNotFoundException {
    return page.packageName().startsWith("org.onecycle.")
        ? Class.forName(page.packageName() + ".Main")
        : null;
  }

  private Class<?> beside(Class<?> neighbour) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup());
    Class<?> main = null;
    for (Map.Entry<String, ByteArrayOutputStream> c : classes.entrySet()) {
      Class<?> defined = lookup.defineClass(c.getValue().toByteArray());
      main = c.getKey().equals(page.className()) ? defined : main;
    }
    return main;
  }

  private final class Loader extends ClassLoader {
    Loader() {
      super(CompiledPage.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!classes.containsKey(name)) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = classes.get(name).toByteArray();
      return defineClass(name, code, 0, code.length);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final Page page;

    Source(Page page) {
      super(URI.create("string:///" + Page.CLASS + ".java"), Kind.SOURCE);
      this.page = page;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return page.source();
    }
  }

  /** Keeps classes in memory. */
  private final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
    Classes(JavaCompiler compiler) {
      super(compiler.getStandardFileManager(null, null, null));
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(name, n -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
