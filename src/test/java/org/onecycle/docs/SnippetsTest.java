package org.onecycle.docs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Java of README.md and docs/*.md compiles and runs, and its results are as written. */
class SnippetsTest {
  @TempDir Path folder;

  @TestFactory
  @DisplayName("pages")
  Stream<DynamicTest> pages() throws IOException {
    Path root = Pages.root();
    List<Path> files;
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      files =
          Stream.concat(Stream.of(root.resolve("README.md")), docs.sorted())
              .filter(f -> f.toString().endsWith(".md"))
              .toList();
    }
    assertTrue(files.size() > 2, () -> "expected pages, got " + files);
    return files.stream()
        .map(f -> DynamicTest.dynamicTest(root.relativize(f).toString(), () -> run(root, f)));
  }

  private void run(Path root, Path file) throws Exception {
    Page page = Page.read(root, file);
    if (page.hasJava()) {
      CompiledPage.of(page).run(Files.createTempDirectory(folder, "page"));
    }
  }

  // ---- the check itself

  private void snippets(String... lines) throws Exception {
    CompiledPage.of(Page.of("p.md", List.of(lines))).run(folder);
  }

  private void fails(String message, String... lines) {
    AssertionError e = assertThrows(AssertionError.class, () -> snippets(lines));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @Test
  @DisplayName("a snippet that does not compile is named by page and line")
  void compileError() {
    fails("p.md:3: ", "# A", "```java", "int x = \"\";", "```");
  }

  @Test
  @DisplayName("a snippet that throws is named by page and line, also from later blocks")
  void runError() {
    fails(
        "p.md:7: java.lang.IllegalStateException: oh",
        "# A",
        "```java",
        "String text = \"oh\";",
        "```",
        "words",
        "```java",
        "throw new IllegalStateException(text);",
        "```");
  }

  @Test
  @DisplayName("a value that is not what the page says is named by page and line")
  void wrongFigure() {
    fails("p.md:4: ", "# A", "```java", "double x = 2.0 / 3; // -> 0.667", "x; // -> 0.66", "```");
  }

  @Test
  @DisplayName(
      "hidden imports count, norun is compiled and not run, other languages are left alone")
  void kinds() throws Exception {
    Page none = Page.of("p.md", List.of("```json", "{}", "```"));
    assertFalse(none.hasJava());
    String[] page = {
      "# A",
      "<!-- java",
      "import java.util.List;",
      "int n = 3;",
      "-->",
      "```java norun",
      "throw new IllegalStateException();",
      "```",
      "```java",
      "List.of(n); // -> [3]",
      "```"
    };
    snippets(page);
    page[6] = "int z = List.of();";
    fails("p.md:7: ", page);
  }

  @Test
  @DisplayName("python runs once, at the place of its last snippet, and its errors are the page's")
  void python() throws Exception {
    String[] page = {
      "```java",
      "java.nio.file.Files.writeString(folder.resolve(\"a\"), \"1\");",
      "```",
      "```python",
      "text = open(\"a\").read() + \"\\\\2\"",
      "```",
      "words",
      "```python",
      "open(\"a\", \"w\").write(text)",
      "```",
      "```java",
      "java.nio.file.Files.readString(folder.resolve(\"a\")); // -> 1\\2",
      "```"
    };
    snippets(page);
    page[8] = "raise ValueError(text)";
    fails("p.md:10: ", page);
  }
}
