package org.onecycle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowResultTest {
  private static SideResult side(Side side, long mb, Double... rates) {
    return new SideResult(side.id(), "some", List.of(rates), 1.5, mb, null);
  }

  private static RowResult result(Row row, SideResult... sides) {
    return RowResult.of(row, List.of(sides), 20e9, List.of(150.0, 200.0, 900.0));
  }

  @Test
  void comparesMediansWithTheBestPeer() {
    RowResult r =
        result(
            Row.RESNET34_TRAIN,
            side(Side.ONECYCLE, 900, 1.0, 8.0, 9.0),
            side(Side.LIBTORCH, 1100, 5.0, 5.0, 100.0),
            side(Side.PYTORCH, 1000, 6.0, 7.0, 4.0));
    assertEquals(8, r.ours());
    assertEquals("pytorch", r.bestPeer());
    assertEquals(6, r.peer());
    assertEquals(1.333, r.ratio());
    assertEquals(900, r.ourPeakMb());
    assertEquals(1000, r.peerPeakMb());
    assertNull(r.ratioToFloat());
  }

  @Test
  void theFloorIsTheOperationsOverThePeak() {
    RowResult r = result(Row.RESNET34_TRAIN, side(Side.ONECYCLE, 900, 8.0));
    assertEquals(20, r.gflop());
    assertEquals(200, r.peakGflops());
    assertEquals(10, r.floor());
    assertEquals(.8, r.shareOfFloor());
    assertNull(r.bestPeer());
    assertNull(r.ratio());
  }

  @Test
  void otherPrecisionIsComparedWithOurFloat() {
    RowResult r =
        result(
            Row.RESNET34_TRAIN_BF16,
            side(Side.ONECYCLE, 1, 12.0),
            side(Side.ONECYCLE_FLOAT, 1, 8.0),
            SideResult.absent(Side.LIBTORCH, "no autocast"));
    assertEquals(1.5, r.ratioToFloat());
    assertNull(r.bestPeer());
  }

  @Test
  void reportsAreJsonWrittenWhole(@TempDir Path folder) throws IOException {
    RowResult r =
        result(
            Row.AWD_LM_TRAIN,
            SideResult.absent(Side.ONECYCLE, "not there"),
            side(Side.PYTORCH, 1000, 500.0));
    Path file = folder.resolve("new/out.json");
    new Report("a machine", 2, 42, false, 7, List.of(r)).write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertEquals(2, json.get("threads").asInt());
    JsonNode row = json.get("rows").get(0);
    assertEquals("awd_lm_train", row.get("row").asText());
    assertEquals("pytorch", row.get("best_peer").asText());
    assertFalse(row.has("ours"), "what was not measured is left out");
    assertEquals("not there", row.get("sides").get(0).get("absent").asText());
    assertEquals(500, row.get("sides").get(1).get("per_second").get(0).asDouble());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void theTableSaysWhyAColumnIsEmpty() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Table table = new Table(new PrintStream(out, true, StandardCharsets.UTF_8));
    table.head();
    table.row(
        result(
            Row.TABULAR_TRAIN,
            side(Side.ONECYCLE, 300, 32_000.0),
            SideResult.absent(Side.LIBTORCH, "libtorch is ill")));
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("libtorch: libtorch is ill"), text);
    assertTrue(text.contains("32,000"), text);
    assertTrue(text.contains("recorded in another run: fastai"), text);
  }

  @Test
  void theSummaryNamesWhatFallsShort() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowResult slow =
        result(Row.TABULAR_TRAIN, side(Side.ONECYCLE, 300, 40.0), side(Side.PYTORCH, 200, 10.0));
    RowResult fast =
        result(Row.UNET34_TRAIN, side(Side.ONECYCLE, 300, 40.0), side(Side.PYTORCH, 300, 10.0));
    RowResult alone = result(Row.IMAGE_PRESIZE, side(Side.ONECYCLE, 300, 40.0));
    new Table(new PrintStream(out, true, StandardCharsets.UTF_8))
        .summary(List.of(slow, fast, alone));
    assertEquals(
        List.of(
            "below the wanted ratio: tabular_train",
            "more memory than a peer: tabular_train",
            "without a ratio: image_presize"),
        out.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Test
  void medianOfEvenlyManyIsTheMiddlesMean() {
    assertEquals(2.5, Numbers.median(List.of(9.0, 1.0, 2.0, 3.0)));
    assertTrue(Double.isNaN(Numbers.median(List.of())));
  }
}
