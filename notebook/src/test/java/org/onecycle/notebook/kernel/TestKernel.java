package org.onecycle.notebook.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * A small Jupyter kernel for Java that runs IJava's notebooks: JShell, {@code %classpath}, the
 * display functions, IJava's imports. The process knows nothing of Onecycle until a notebook puts
 * it on the class path.
 */
public final class TestKernel extends BaseKernel {
  private static final String STARTUP =
      """
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.nio.file.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      import static io.github.spencerpark.ijava.runtime.Display.*;
      import static io.github.spencerpark.ijava.runtime.Magics.*;
      """;

  private static volatile TestKernel running;

  private final CellControl control = new CellControl();
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final MagicParser magicParser = new MagicParser("(?<=(?:^|=))\\s*%", "%%");
  private final Magics magics = new Magics();

  private TestKernel() throws Exception {
    shell = JShell.builder().executionEngine(new Provider(control), Map.of()).build();
    shell.addToClasspath(System.getProperty("java.class.path"));
    analysis = shell.sourceCodeAnalysis();
    magics.registerLineMagic("classpath", this::classpath);
    evaluate(STARTUP);
  }

  /** Returns the kernel of this process, or null. */
  public static TestKernel running() {
    return running;
  }

  /** Returns what lines beginning with a per cent sign can call. */
  public Magics magics() {
    return magics;
  }

  private List<String> classpath(List<String> globs) throws IOException {
    List<String> found = new ArrayList<>();
    for (String glob : globs) {
      for (Path p : new GlobFinder(glob).computeMatchingPaths()) {
        found.add(p.toAbsolutePath().normalize().toString());
      }
    }
    found.forEach(shell::addToClasspath);
    return found;
  }

  @Override
  public DisplayData eval(String code) throws Exception {
    Object value = evaluate(magicParser.transformLineMagics(code, c -> call(c.getMagicCall())));
    return value == null || value instanceof DisplayData
        ? (DisplayData) value
        : getRenderer().render(value);
  }

  private static String call(io.github.spencerpark.jupyter.kernel.magic.LineMagicArgs line) {
    String args =
        line.getArgs().stream().map(TestKernel::literal).collect(Collectors.joining(", "));
    return "lineMagic(%s, List.of(%s));{};".formatted(literal(line.getName()), args);
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private Object evaluate(String code) throws Exception {
    Object last = null;
    CompletionInfo next = analysis.analyzeCompletion(code);
    while (next.completeness().isComplete()) {
      last = snippet(next.source());
      next = analysis.analyzeCompletion(next.remaining());
    }
    if (next.completeness() != SourceCodeAnalysis.Completeness.EMPTY) {
      throw new IllegalArgumentException("incomplete: " + next.remaining().strip());
    }
    return last;
  }

  private Object snippet(String source) throws Exception {
    Object result = null;
    List<SnippetEvent> events = shell.eval(source);
    for (SnippetEvent e : events) {
      Snippet.SubKind kind = e.snippet().subKind();
      if (e.value() != null && kind.isExecutable()) {
        Object value = control.take(e.value());
        boolean shown =
            kind == Snippet.SubKind.VAR_VALUE_SUBKIND
                || kind == Snippet.SubKind.OTHER_EXPRESSION_SUBKIND
                || kind == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
        result = shown ? value : null;
      }
    }
    for (SnippetEvent e : events) {
      if (e.causeSnippet() == null && e.exception() != null) {
        throw e.exception();
      }
      if (e.causeSnippet() == null && !e.status().isDefined()) {
        throw new IllegalArgumentException(
            shell
                .diagnostics(e.snippet())
                .map(d -> d.getMessage(null))
                .collect(Collectors.joining("\n", "", "\nin: " + source.strip())));
      }
    }
    return result;
  }

  @Override
  public List<String> formatError(Exception e) {
    List<String> lines = new ArrayList<>();
    if (e instanceof EvalException thrown) {
      lines.add(thrown.getExceptionClassName() + ": " + thrown.getMessage());
      for (StackTraceElement frame : thrown.getStackTrace()) {
        lines.add("    at " + frame);
      }
    } else {
      lines.add(e.toString());
    }
    return lines;
  }

  @Override
  public void interrupt() {
    shell.stop();
  }

  @Override
  public void onShutdown(boolean restarting) {
    shell.close();
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("Java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java-source")
        .fileExtension(".java")
        .pygments("java")
        .codemirror("text/x-java")
        .build();
  }

  private record Provider(CellControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "cells";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }

  /** Serves the connection that the file describes until it is shut down. */
  public static void main(String[] args) throws Exception {
    JupyterSocket.JUPYTER_LOGGER.setLevel(Level.WARNING);
    JupyterConnection connection =
        new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
    running = new TestKernel();
    running.becomeHandlerForConnection(connection);
    connection.connect();
    connection.waitUntilClose();
    System.exit(0);
  }
}
