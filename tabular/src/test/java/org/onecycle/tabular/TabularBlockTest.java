package org.onecycle.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Batch;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.ColReader;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataBlockBuilder;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.ItemException;
import org.onecycle.data.Row;
import org.onecycle.data.Sample;
import org.onecycle.data.Splitters;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Init;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;

class TabularBlockTest {
  @TempDir private Path folder;

  /** Who works more than 40 hours is rich; ages have gaps, the last rows an unseen job. */
  private static DataFrame people() {
    Rng rng = new Rng(8);
    Object[] cells = new Object[60 * 5];
    for (int i = 0; i < 60; i++) {
      double hours = 20 + rng.nextInt(41);
      cells[5 * i] = i % 9 == 4 ? null : (Object) (long) (20 + rng.nextInt(50));
      cells[5 * i + 1] = hours;
      cells[5 * i + 2] = i > 55 ? "clown" : i % 7 == 0 ? null : i % 2 == 0 ? "cook" : "nurse";
      cells[5 * i + 3] = hours > 40 ? "rich" : "poor";
      cells[5 * i + 4] = i >= 48;
    }
    return DataFrame.foldByRow("age", "hours", "job", "salary", "is_valid").of(cells);
  }

  private static DataBlockBuilder<DataFrame, Row> recipe() {
    return DataBlock.<DataFrame, Row>builder(df -> Tables.rows(df))
        .blocks(TabularBlock.cats("job"), TabularBlock.conts("age", "hours"), CategoryBlock.of())
        .getY(ColReader.of("salary"))
        .splitter(Splitters.col());
  }

  @Test
  void theBatchesAreThoseOfTabularDataLoaders() {
    DataLoaders dls = recipe().build().dataLoaders(people(), o -> o.bs(16).workers(0));
    TabularDataLoaders expected =
        TabularData.of(people())
            .catNames("job")
            .contNames("age", "hours")
            .yNames("salary")
            .procs(new FillMissing().withAddCol(false), new Categorify(), new Normalize())
            .splitter(Splitters.col())
            .build()
            .dataLoaders(16);
    same(expected.train(), dls.train(), 3);
    same(expected.valid(), dls.valid(), 1);
    assertEquals(expected.data().vocab(), dls.vocab());
    assertInstanceOf(CrossEntropyLossFlat.class, dls.loss().orElseThrow());
    assertEquals(
        expected.data().embSzs(), TabularBlock.embSzs(recipe().build().datasets(people())));
  }

  private static void same(Iterable<Batch> expected, Iterable<Batch> got, int batches) {
    Iterator<Batch> other = got.iterator();
    int seen = 0;
    for (Batch e : expected) {
      Batch g = other.next();
      assertArrayEquals(e.indices(), g.indices());
      assertArrayEquals(e.input(0).shape(), g.input(0).shape());
      assertArrayEquals(e.input(0).toLongs(), g.input(0).toLongs());
      assertArrayEquals(e.input(1).toFloats(), g.input(1).toFloats());
      assertArrayEquals(e.target(0).toLongs(), g.target(0).toLongs());
      seen++;
    }
    assertEquals(batches, seen);
    assertTrue(!other.hasNext());
  }

  @Test
  void aSampleIsReadBack() {
    DataLoaders dls = recipe().build().dataLoaders(people(), o -> o.bs(16).workers(0));
    List<Sample> seen = dls.decode(dls.valid(), dls.valid().oneBatch(), 12);
    DataFrame people = people();
    for (int i = 0; i < 12; i++) {
      Object job = people.get("job", 48 + i);
      assertEquals(
          Map.of("job", job == null || job.equals("clown") ? "#na#" : job), seen.get(i).get(0));
      double hours = (Double) ((Map<?, ?>) seen.get(i).get(1)).get("hours");
      assertEquals((Double) people.get("hours", 48 + i), hours, 1e-4);
      assertEquals(people.get("salary", 48 + i), seen.get(i).get(2));
    }
    Batch test = dls.testDl(List.of(Map.of("job", "cook", "age", 30, "hours", 50))).oneBatch();
    assertEquals(0, test.targets().length);
    assertEquals(1, test.input(0).item());
  }

  @Test
  void aModelLearnsFromThem() {
    DataBlock<DataFrame, Row> block = recipe().build();
    DataLoaders dls = block.dataLoaders(people(), o -> o.bs(16).workers(0));
    TabularModel model =
        Init.with(
            new Rng(1),
            () ->
                new TabularModel(
                    TabularBlock.embSzs(block.datasets(people())),
                    2,
                    2,
                    List.of(16),
                    TabularConfig.DEFAULT));
    Learner learn = Learner.of(dls, model).progress(ProgressOutput.none()).build();
    learn.fitOneCycle(20, 1e-2);
    assertTrue(learn.validate().loss() < .4, "" + learn.validate());
  }

  @Test
  void whatIsWrongIsNamedWithRowAndColumn() {
    DataFrame people = people();
    String column =
        DataBlock.<DataFrame, Row>builder(df -> Tables.rows(df))
            .blocks(TabularBlock.cats("work"), CategoryBlock.of())
            .getY(ColReader.of("salary"))
            .splitter(Splitters.end())
            .build()
            .summary(people);
    assertTrue(column.contains("FAILS at set-up of the blocks"), column);
    assertTrue(
        column.contains(
            "row 0: expected a column work, there are [age, hours, job, salary, is_valid]"),
        column);
    DataBlock<DataFrame, Row> text =
        DataBlock.<DataFrame, Row>builder(df -> Tables.rows(df))
            .blocks(TabularBlock.conts("age", "job"), CategoryBlock.of())
            .getY(ColReader.of("salary"))
            .splitter(Splitters.end())
            .build();
    String number = assertThrows(ItemException.class, () -> text.datasets(people)).getMessage();
    assertTrue(number.contains("row 1, column job: expected a number, got 'nurse'"), number);
    TabularDataBuilder table = TabularData.of(people).contNames("age").splitter(Splitters.col("v"));
    assertTrue(
        assertThrows(IllegalArgumentException.class, table::build)
            .getMessage()
            .startsWith("row 0: expected a column v, there are [age, "));
  }

  @Test
  void aCsvFileIsReadAndSplitByAColumn() throws IOException {
    Path csv = folder.resolve("t.csv");
    Files.writeString(csv, "a,b,y,is_valid\n1,x,2.5,False\n2,y,3,True\n3,x,4,False\n");
    TabularData data =
        TabularData.fromCsv(csv)
            .contNames("a")
            .catNames("b")
            .yNames("y")
            .splitter(Splitters.col())
            .build();
    assertEquals(Map.of("a", 2.0), data.means());
    assertEquals(List.of("#na#", "x"), data.classes().get("b"));
    assertEquals(YBlock.REGRESSION, data.yBlock());
  }
}
