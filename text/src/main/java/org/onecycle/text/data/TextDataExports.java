package org.onecycle.text.data;

import org.onecycle.data.LoaderFactory;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.io.Json;

/** How texts are read, by name. */
public final class TextDataExports implements ExportProvider {
  /** Made by the service loader. */
  public TextDataExports() {}

  @Override
  public void register() {
    Exports.register(TextRule.NAME, s -> TextRule.of(s.path("rule").asText()));
    Exports.register("text.word_tokenizer", s -> new WordTokenizer());
    Exports.register("text.split_tokenizer", s -> new SplitTokenizer(s.path("separator").asText()));
    Exports.register(Tokenize.NAME, Tokenize::of);
    Exports.register(
        "text.numericalize", s -> new Numericalize(Vocab.ofTokens(Json.texts(s, "vocab"))));
    Exports.register("text.something", s -> new Something());
    Exports.register("text.ids", s -> new TextIds(new int[0]));
    Exports.register("text.sorted", s -> new SortedTexts(s.path("seq_len").asInt()));
    Exports.register("text.whole", s -> LoaderFactory.stacked());
    Exports.register(
        "text.pad_input_chunk",
        s ->
            new PadInputChunk(
                s.path("pad_id").asInt(),
                s.path("pad_first").asBoolean(),
                s.path("seq_len").asInt()));
  }
}
