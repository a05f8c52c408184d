package org.onecycle.text.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.ColReader;
import org.onecycle.data.CsvRows;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.RegressionBlock;
import org.onecycle.data.Row;
import org.onecycle.data.Splitters;
import org.onecycle.metric.Metrics;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.text.data.TextBlock;
import org.onecycle.text.data.Tokenizer;
import org.onecycle.text.models.AwdLstmConfig;

/** From a table to an answer: recipe, loaders, learner. */
class BlockLearnersTest {
  @TempDir private Path folder;

  private Path table() throws IOException {
    Rng rng = new Rng(6);
    StringBuilder csv = new StringBuilder("text,label,is_valid\n");
    for (int i = 0; i < 120; i++) {
      boolean good = rng.nextInt(2) == 1;
      csv.append("\"the film was ").append("very ".repeat(rng.nextInt(4)));
      csv.append(good ? "good" : "bad").append(", they say\",");
      csv.append(good ? "pos," : "neg,").append(i >= 90).append('\n');
    }
    return Files.writeString(folder.resolve("reviews.csv"), csv);
  }

  private DataLoaders load(boolean labels) throws IOException {
    var recipe =
        DataBlock.<Path, Row>builder(file -> CsvRows.read(file))
            .getX(ColReader.of("text"))
            .splitter(Splitters.col());
    if (labels) {
      recipe.blocks(TextBlock.of(), CategoryBlock.of()).getY(ColReader.of("label"));
    } else {
      recipe.blocks(TextBlock.languageModel(o -> o.seqLen(6)));
    }
    return recipe.build().dataLoaders(table(), o -> o.bs(10).workers(0));
  }

  @Test
  void aClassifierLearnsFromATableAndAnswersTexts() throws IOException {
    TextClassifierLearner clas =
        TextClassifierLearner.create(
            load(true),
            TextOptions.CLASSIFIER
                .withConfig(AwdLstmConfig.CLASSIFIER.withSizes(8, 8, 1))
                .withDropMult(.1),
            b -> b.metrics(Metrics.accuracy()).progress(ProgressOutput.none()));
    clas.learner().fitOneCycle(12, 3e-2);
    assertEquals(1, clas.learner().validate().metrics().get("accuracy"), .05);
    assertEquals("neg", clas.learner().predict("the film was very bad, they say").decoded());
    assertEquals("pos", clas.learner().predict("the film was very good, they say").decoded());
  }

  @Test
  void aLanguageModelGoesOnWithTexts() throws IOException {
    LanguageModelLearner lm =
        LanguageModelLearner.create(
            load(false),
            Tokenizer.words(),
            TextOptions.LANGUAGE_MODEL
                .withConfig(AwdLstmConfig.LANGUAGE_MODEL.withSizes(16, 16, 1))
                .withDropMult(.1),
            b -> b.progress(ProgressOutput.none()));
    lm.learner().fitOneCycle(12, 2e-2);
    String text = lm.predict("the", 2, Generation.DEFAULT.withTemperature(.1), new Rng(1));
    assertEquals("the film was", text);
  }

  @Test
  void loadersWithoutTextsAreRefused() {
    DataLoaders numbers =
        DataBlock.<Integer>ofItems()
            .blocks(RegressionBlock.of(), CategoryBlock.of())
            .build()
            .dataLoaders(List.of(1, 2, 3, 4, 5), o -> o.bs(2));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TextClassifierLearner.create(numbers, TextOptions.CLASSIFIER, b -> b))
            .getMessage();
    assertTrue(message.contains("DataBlock with a TextBlock"), message);
  }
}
