package org.onecycle.text.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Batch;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.ColReader;
import org.onecycle.data.CsvRows;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataBlockBuilder;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.ItemException;
import org.onecycle.data.Labellers;
import org.onecycle.data.MultiCategoryBlock;
import org.onecycle.data.RegressionBlock;
import org.onecycle.data.Row;
import org.onecycle.data.Sample;
import org.onecycle.data.Splitters;
import org.onecycle.data.TransformBlock;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.tensor.Rng;

class TextBlockTest {
  private static final String[] WORDS =
      "the film was good bad long and short so Very DULL".split(" ");

  @TempDir private Path folder;

  /** A table of texts of many lengths: the last ten of a hundred rows validate. */
  private Path table() throws IOException {
    Rng rng = new Rng(4);
    StringBuilder csv = new StringBuilder("label,text,is_valid\n");
    for (int i = 0; i < 100; i++) {
      StringBuilder text = new StringBuilder(i == 7 ? "" : "film");
      for (int w = rng.nextInt(40); w > 0 && i != 7; w--) {
        text.append(' ').append(WORDS[rng.nextInt(WORDS.length)]);
      }
      csv.append(i % 3 == 0 ? "neg" : "pos").append(",\"").append(text).append("\",");
      csv.append(i < 90 ? "False\n" : "True\n");
    }
    return Files.writeString(folder.resolve("texts.csv"), csv);
  }

  private static DataBlockBuilder<Path, Row> recipe(TransformBlock... blocks) {
    return DataBlock.<Path, Row>builder(file -> CsvRows.read(file))
        .blocks(blocks)
        .getX(ColReader.of("text"))
        .splitter(Splitters.col());
  }

  private static DataBlock<Path, Row> reviews(int seqLen) {
    return recipe(TextBlock.of(o -> o.seqLen(seqLen).minFreq(2)), CategoryBlock.of())
        .getY(ColReader.of("label"))
        .build();
  }

  private static List<String> read(DataLoader loader) {
    List<String> out = new ArrayList<>();
    for (Batch b : loader) {
      out.add(
          Arrays.toString(b.indices())
              + Arrays.toString(b.input(0).shape())
              + Arrays.toString(b.input(0).toLongs())
              + (b.targets().length == 0 ? "" : Arrays.toString(b.target(0).toLongs())));
    }
    return out;
  }

  /** Both epochs of training, validation, and a batch as a person reads it. */
  private static void same(TextDataLoaders expected, DataLoaders dls) {
    assertEquals(read(expected.train()), read(dls.train()));
    assertEquals(read(expected.train()), read(dls.train()), "second epoch");
    assertEquals(read(expected.valid()), read(dls.valid()));
    assertEquals(expected.vocab().tokens(), dls.vocabs().get(0));
    Batch b = dls.valid().oneBatch();
    assertEquals(expected.loaders().decode(expected.valid(), b, 5), dls.decode(dls.valid(), b, 5));
  }

  @Test
  void aClassifierGetsTheBatchesOfTextDataLoaders() throws IOException {
    Path csv = table();
    for (int workers : new int[] {0, 2}) {
      DataLoaders dls = reviews(10).dataLoaders(csv, o -> o.bs(8).seed(3).workers(workers));
      TextDataLoaders expected =
          TextDataLoaders.fromCsv(csv, "text", "label", Splitters.col())
              .seqLen(10)
              .minFreq(2)
              .bs(8)
              .seed(3)
              .workers(workers)
              .classifier();
      same(expected, dls);
      assertEquals(expected.labels(), dls.vocab());
      assertEquals(expected.train().size(), dls.train().size());
      assertInstanceOf(CrossEntropyLossFlat.class, dls.loss().orElseThrow());
      List<String> texts = List.of("good", "", "a very long and unseen film");
      assertEquals(read(expected.testDl(texts)), read(dls.testDl(texts)));
      assertEquals(IntStream.range(0, 90).boxed().toList(), sorted(dls.train().complete()));
    }
  }

  private static List<Integer> sorted(DataLoader loader) {
    List<Integer> all = new ArrayList<>();
    loader.forEach(b -> IntStream.of(b.indices()).forEach(all::add));
    return all.stream().sorted().toList();
  }

  @Test
  void aLanguageModelGetsTheBatchesOfTextDataLoaders() throws IOException {
    Path csv = table();
    DataLoaders dls =
        recipe(TextBlock.languageModel(o -> o.seqLen(6)))
            .build()
            .dataLoaders(csv, o -> o.bs(4).valBs(2).seed(9).workers(0));
    TextDataLoaders expected =
        TextDataLoaders.fromCsv(csv, "text", Splitters.col())
            .seqLen(6)
            .bs(4)
            .seed(9)
            .workers(0)
            .languageModel();
    assertEquals(read(expected.train()), read(dls.train()));
    assertEquals(read(expected.train()), read(dls.train()), "second epoch");
    assertEquals(expected.vocab().tokens(), dls.vocabs().get(0));
    Batch valid = dls.valid().oneBatch();
    assertArrayEquals(new long[] {2, 6}, valid.input(0).shape());
    Sample seen = dls.decode(dls.valid(), valid, 1).get(0);
    assertTrue(seen.get(0).toString().startsWith("xxbos film"), seen::toString);
    assertTrue(seen.get(1).toString().startsWith("film"), seen::toString);
    assertInstanceOf(CrossEntropyLossFlat.class, dls.loss().orElseThrow());
    assertEquals(1, dls.testDl(List.of("the film was so good")).oneBatch().targets().length);
  }

  @Test
  void filesInFolders() throws IOException {
    for (String part : List.of("train", "test", "unsup")) {
      for (String label : List.of("pos", "neg")) {
        Path dir = Files.createDirectories(folder.resolve(part).resolve(label));
        for (int i = 0; i < 3; i++) {
          Files.writeString(dir.resolve(i + ".txt"), part + " " + label + " text".repeat(i));
        }
      }
    }
    DataBlock<Path, Path> block =
        DataBlock.<Path, Path>builder(f -> TextFiles.get(f, "train", "test"))
            .blocks(TextBlock.of(o -> o.minFreq(1)), CategoryBlock.of())
            .splitter(Splitters.grandparent("train", "test"))
            .getY(Labellers.parentLabel())
            .build();
    DataLoaders dls = block.dataLoaders(folder, o -> o.bs(2).workers(0));
    same(
        TextDataLoaders.fromFolder(folder, "train", "test")
            .minFreq(1)
            .bs(2)
            .workers(0)
            .classifier(),
        dls);
    assertFalse(
        dls.vocabs().get(0).contains("test"), "the vocabulary is that of the training part");
    assertFalse(dls.vocabs().get(0).contains("unsup"));
    String text = block.summary(folder);
    assertTrue(text.contains("TextBlock, Tokenize: Tokens xxbos train neg"), text);
    assertTrue(text.contains("Numericalize: TextIds INT64 [3]"), text);
    assertTrue(text.contains("collate 4: INT64 [4, 5], INT64 [4]"), text);
    assertTrue(text.endsWith("Every step succeeds.\n"), text);
  }

  @Test
  void aVocabularyIsHandedOnFromTheLanguageModel() throws IOException {
    Path csv = table();
    DataLoaders lm =
        recipe(TextBlock.languageModel()).build().dataLoaders(csv, o -> o.bs(4).workers(0));
    Vocab words = Vocab.ofTokens(lm.vocabs().get(0));
    DataLoaders dls =
        recipe(TextBlock.of(o -> o.vocab(words)), CategoryBlock.of())
            .getY(ColReader.of("label"))
            .build()
            .dataLoaders(csv, o -> o.bs(4).workers(0));
    assertEquals(words.tokens(), dls.vocabs().get(0));
  }

  @Test
  void everyTextIsSplitOnce() throws IOException {
    AtomicInteger split = new AtomicInteger();
    TokenSplitter counting =
        text -> {
          split.incrementAndGet();
          return List.of(text.split(" "));
        };
    DataLoaders dls =
        recipe(TextBlock.of(o -> o.tokenizer(Tokenizer.plain(counting))), CategoryBlock.of())
            .getY(ColReader.of("label"))
            .build()
            .dataLoaders(table(), o -> o.bs(8).workers(0));
    for (int epoch = 0; epoch < 3; epoch++) {
      read(dls.train());
      read(dls.valid());
    }
    // Equal texts are rare here, but there may be some.
    assertTrue(split.get() <= 100, "split " + split.get() + " texts");
  }

  @Test
  void otherTargetsAndFurtherInputs() throws IOException {
    Function<Row, Integer> length = r -> r.get("text").toString().length();
    DataLoaders dls =
        recipe(RegressionBlock.of(), TextBlock.of(), MultiCategoryBlock.of())
            .getX(length, ColReader.of("text"))
            .getY(ColReader.of("label").labelDelim("e"))
            .build()
            .dataLoaders(table(), o -> o.bs(4).workers(0));
    assertEquals(List.of("g", "n", "pos"), dls.vocab());
    Batch b = dls.valid().oneBatch();
    assertEquals(2, b.inputs().length);
    assertArrayEquals(new long[] {4, 3}, b.target(0).shape());
    float[] lengths = b.input(0).toFloats();
    assertTrue(lengths[0] >= lengths[3], "longest first");
  }

  @Test
  void settingsWithoutAMeaningAreRefused() throws IOException {
    Path csv = table();
    DataBlock<Path, Row> lm = recipe(TextBlock.languageModel()).build();
    assertThrows(
        IllegalArgumentException.class, () -> lm.dataLoaders(csv, o -> o.bs(4).dropLast(true)));
    assertThrows(
        IllegalArgumentException.class, () -> lm.dataLoaders(csv, o -> o.bs(4).partialN(10)));
    assertThrows(
        IllegalArgumentException.class,
        () -> reviews(72).dataLoaders(csv, o -> o.bs(4).partialN(10)));
    String two =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    recipe(TextBlock.languageModel(), CategoryBlock.of())
                        .getY(ColReader.of("label"))
                        .build()
                        .dataLoaders(csv, o -> o.bs(4).workers(0)))
            .getMessage();
    assertTrue(two.contains("are the only block"), two);
    String kinds =
        assertThrows(
                IllegalArgumentException.class,
                () -> recipe(TextBlock.of(), TextBlock.languageModel()).getY(r -> "").build())
            .getMessage();
    assertTrue(kinds.contains("SortedTexts[seqLen=72] and LMTexts[seqLen=72]"), kinds);
    String few =
        assertThrows(
                IllegalArgumentException.class,
                () -> reviews(72).dataLoaders(csv, o -> o.bs(91).workers(0)))
            .getMessage();
    assertEquals("90 training texts do not fill a batch of bs 91: use a smaller bs", few);
    assertThrows(IllegalArgumentException.class, () -> TextBlock.of(o -> o.seqLen(0)));
  }

  private static String fails(DataBlock<Path, ?> block, Path source) {
    String text = block.summary(source);
    assertTrue(text.contains("FAILS at "), text);
    return text.substring(text.indexOf("FAILS at "));
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path csv = table();
    DataBlock<Path, Row> column =
        recipe(TextBlock.of(), CategoryBlock.of()).getY(ColReader.of("sentiment")).build();
    String text = fails(column, csv);
    assertTrue(text.startsWith("FAILS at getter of member 1 (a target), CategoryBlock"), text);
    assertTrue(
        text.contains(
            csv + ", line 2: expected a column sentiment, there are [label, text, is_valid]"),
        text);
    assertTrue(
        assertThrows(ItemException.class, () -> column.dataLoaders(csv))
            .getMessage()
            .contains("texts.csv, line 2: expected a column sentiment"));

    String noFile = fails(reviews(72), folder.resolve("no.csv"));
    assertTrue(noFile.contains("cannot read the table " + folder.resolve("no.csv")), noFile);

    // Files that a table names; the third is not there.
    Files.writeString(folder.resolve("a.txt"), "a text");
    Path names = folder.resolve("names.csv");
    Files.writeString(names, "file,label\na.txt,x\na.txt,y\nlost.txt,x\na.txt,y\na.txt,x\n");
    DataBlock<Path, Row> files =
        DataBlock.<Path, Row>builder(f -> CsvRows.read(f))
            .blocks(TextBlock.of(), CategoryBlock.of())
            .getX(ColReader.of("file").in(folder))
            .getY(ColReader.of("label"))
            .splitter(Splitters.end())
            .build();
    String lost = fails(files, names);
    assertTrue(lost.startsWith("FAILS at set-up of the blocks on the training items"), lost);
    assertTrue(lost.contains("item 2 (" + names + ", line 4 "), lost);
    assertTrue(lost.contains("cannot read the text " + folder.resolve("lost.txt")), lost);

    String number =
        fails(
            recipe(TextBlock.of(), CategoryBlock.of())
                .getX(r -> 5)
                .getY(ColReader.of("label"))
                .build(),
            csv);
    assertTrue(number.contains("texts.csv, line 2"), number);
    assertTrue(
        number.contains("Tokenize expects a text (String) or a file (Path), got Integer 5"),
        number);
  }

  @Test
  void aTableOfTextDataLoadersNamesLineAndColumn() throws IOException {
    Path csv = folder.resolve("t.csv");
    Files.writeString(csv, "label,text,is_valid\nx,one,0\n ,two,0\ny,three,1\n");
    assertEquals(
        csv + ", line 3, column label: expected a label, got none",
        assertThrows(
                IllegalArgumentException.class,
                () -> TextDataLoaders.fromCsv(csv, "text", "label", Splitters.col()))
            .getMessage());
    assertEquals(
        csv + ", line 2: expected a column words, there are [label, text, is_valid]",
        assertThrows(
                IllegalArgumentException.class,
                () -> TextDataLoaders.fromCsv(csv, "words", Splitters.col()))
            .getMessage());
    Files.writeString(csv, "label,text,is_valid\nx,one,0\nz,two,0\ny,three,1\n");
    String unseen =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    TextDataLoaders.fromCsv(csv, "text", "label", Splitters.col())
                        .bs(1)
                        .workers(0)
                        .classifier())
            .getMessage();
    assertTrue(unseen.startsWith(csv + ", line 4: label y is not in the vocabulary"), unseen);
  }

  @Test
  void theReviewsOfFilms() {
    String shared = System.getProperty("onecycle.shared", "");
    Path csv = Path.of(shared, "data", "imdb_sample", "texts.csv");
    Assumptions.assumeTrue(!shared.isEmpty() && Files.isRegularFile(csv), "no imdb_sample here");
    DataLoaders dls =
        recipe(TextBlock.of(), CategoryBlock.of())
            .getY(ColReader.of("label"))
            .build()
            .dataLoaders(csv, o -> o.bs(16).workers(2));
    TextDataLoaders expected =
        TextDataLoaders.fromCsv(csv, "text", "label", Splitters.col()).bs(16).classifier();
    assertEquals(List.of("negative", "positive"), dls.vocab());
    assertEquals(200, dls.valid().itemCount());
    same(expected, dls);
  }
}
