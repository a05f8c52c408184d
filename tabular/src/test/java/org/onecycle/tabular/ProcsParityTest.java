package org.onecycle.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dflib.DataFrame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onecycle.data.Splits;
import org.onecycle.testing.Fixtures;

/** The steps against those of real fastai on one table, which computes in float32. */
class ProcsParityTest {
  private static final double FLOAT = 2e-6;

  private final JsonNode meta = Fixtures.json("tabular_procs/meta");
  private DataFrame in;
  private DataFrame out;

  @BeforeEach
  void read() {
    in = Tables.readCsv(Fixtures.path("tabular_procs/in.csv"));
    out = Tables.readCsv(Fixtures.path("tabular_procs/out.csv"));
  }

  private TabularData data(Categorify categorify) {
    int[] train = IntStream.range(0, meta.get("train").size()).toArray();
    int[] valid = IntStream.range(train.length, in.height()).toArray();
    return TabularData.of(in)
        .catNames("job", "city")
        .contNames("age", "inc")
        .yNames("y")
        .procs(categorify, new FillMissing(), new Normalize())
        .splits(new Splits(train, valid))
        .build();
  }

  private static List<String> texts(JsonNode array) {
    List<String> out = new ArrayList<>();
    array.forEach(v -> out.add(v.asText()));
    return out;
  }

  /** fastai had made pandas categories of the whole column, as its reduce_memory does. */
  @Test
  void agreesWithFastai() {
    TabularData data =
        data(new Categorify().withCategories("city", List.of("P", "Q", "R", "UNSEEN")));
    assertEquals(texts(meta.get("cat_names")), data.catNames());
    assertEquals(texts(meta.get("cont_names")), data.contNames());
    assertEquals(texts(meta.get("y_vocab")), data.vocab());
    for (String name : data.catNames()) {
      assertEquals(texts(meta.get("classes").get(name)), data.classes().get(name));
    }
    for (String name : data.contNames()) {
      double std = meta.get("stds").get(name).doubleValue();
      assertEquals(meta.get("means").get(name).doubleValue(), data.means().get(name), FLOAT * std);
      assertEquals(std, data.stds().get(name), FLOAT * std);
    }
    assertEquals(meta.get("na_dict").get("inc").doubleValue(), data.naDict().get("inc"), 1e-6);
    List<EmbSz> sizes = data.embSzs();
    for (int i = 0; i < sizes.size(); i++) {
      JsonNode size = meta.get("emb_szs").get(i);
      assertEquals(new EmbSz(size.get(0).intValue(), size.get(1).intValue()), sizes.get(i));
    }
    assertSame(out, data.items(), -1);
  }

  @Test
  void withoutDeclarationTheUnseenCityIsNa() {
    assertSame(out, data(new Categorify()).items(), 0);
  }

  private void assertSame(DataFrame expected, DataFrame got, int unseen) {
    assertEquals(expected.height(), got.height());
    for (String name : List.of("age", "inc", "job", "city", "inc_na", "y")) {
      for (int r = 0; r < expected.height(); r++) {
        boolean na = unseen >= 0 && name.equals("city") && in.get("city", r).equals("UNSEEN");
        double truth = na ? unseen : ((Number) expected.get(name, r)).doubleValue();
        double ours = ((Number) got.get(name, r)).doubleValue();
        assertEquals(truth, ours, FLOAT * Math.max(1, Math.abs(truth)), name + ", row " + r);
      }
    }
  }

  @Test
  void decodingGivesTheTableBack() {
    TabularData data = data(new Categorify());
    DataFrame back = data.decode(data.process(in));
    for (int r = 0; r < in.height(); r++) {
      Object city = in.get("city", r);
      assertEquals(city.equals("UNSEEN") ? "#na#" : city, back.get("city", r));
      Object job = in.get("job", r);
      assertEquals(job == null ? "#na#" : job, back.get("job", r));
      Object inc = in.get("inc", r);
      double filled = inc == null ? data.naDict().get("inc") : (Double) inc;
      assertEquals(filled, (Double) back.get("inc", r), 1e-9);
      assertEquals(String.valueOf(inc == null), back.get("inc_na", r));
    }
  }
}
