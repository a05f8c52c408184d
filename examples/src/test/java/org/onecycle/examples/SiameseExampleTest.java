package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Sample;
import org.onecycle.examples.breeds.InventedBreeds;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.Weights;
import org.onecycle.learner.Predictor;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.models.Arch;
import picocli.CommandLine;

class SiameseExampleTest {
  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private Path data;
  private Path report;

  @BeforeEach
  void drawPhotos() {
    data = folder.resolve("data");
    report = folder.resolve("report.json");
    for (int breed = 0; breed < 3; breed++) {
      for (int i = 1; i <= 10; i++) {
        String name = InventedBreeds.names().get(breed) + "_" + i + ".jpg";
        InventedBreeds.generate(breed, i, 32).save(data.resolve("images").resolve(name));
      }
    }
  }

  private int run(String... more) {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));
    List<String> args = new ArrayList<>(List.of("siamese", "--data", data.toString()));
    args.addAll(List.of("--size=32", "--epochs=1", "--report=" + report));
    args.addAll(Arrays.asList(more));
    if (!String.join(" ", more).contains("--bs")) {
      args.add("--bs=8");
    }
    return command.execute(args.toArray(new String[0]));
  }

  private void assertFails(int code, String expected, String... options) {
    assertEquals(code, run(options), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(expected), err::toString);
    assertFalse(Files.exists(report), "a report of a failed run");
  }

  private JsonNode history() throws IOException {
    JsonNode history = new JsonMapper().readTree(report.toFile()).get("history");
    for (JsonNode epoch : history) {
      ((com.fasterxml.jackson.databind.node.ObjectNode) epoch).remove("seconds");
    }
    return history;
  }

  private Path save(Arch arch) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    arch.model(new Rng(1))
        .stateDict()
        .forEach((name, t) -> tensors.put(name, StoredTensor.of(name, t)));
    Path file = folder.resolve(arch.id() + ".safetensors");
    Weights.write(file, tensors, Map.of());
    return file;
  }

  @Test
  void trainsReportsAndShows() throws IOException {
    Path sheet = folder.resolve("sheet.png");
    Path export = folder.resolve("siamese.safetensors");
    assertEquals(0, run("--scratch", "--show=" + sheet, "--export=" + export), err::toString);
    Path photo = data.resolve("images").resolve(InventedBreeds.names().get(0) + "_1.jpg");
    Object answer = Predictor.load(export).predict(Sample.of(photo, photo)).decoded();
    assertTrue(List.of("different", "same").contains(answer), "got " + answer);
    JsonNode json = new JsonMapper().readTree(report.toFile());
    assertEquals("siamese", json.get("example").asText());
    assertEquals(42, json.get("seed").asInt());
    assertEquals(2, json.get("history").size());
    for (int i = 0; i < 2; i++) {
      JsonNode epoch = json.get("history").get(i);
      assertEquals(i, epoch.get("epoch").asInt());
      assertTrue(epoch.get("train_loss").asDouble() > 0, epoch::toString);
      assertTrue(epoch.get("valid_loss").asDouble() > 0, epoch::toString);
      assertTrue(epoch.get("seconds").asDouble() > 0, epoch::toString);
    }
    double accuracy = json.get("final").get("accuracy").asDouble();
    assertEquals(json.get("history").get(1).get("accuracy").asDouble(), accuracy, 1e-6);
    // Six validation pairs: the accuracy is a number of sixths.
    assertEquals(Math.rint(accuracy * 6), accuracy * 6, 1e-4);
    assertEquals("Image 1008x388 RGB", Image.open(sheet).toString());
  }

  @Test
  void oneSeedOneHistory() throws IOException {
    run("--scratch");
    JsonNode first = history();
    run("--scratch");
    assertEquals(first, history());
    run("--scratch", "--seed=43");
    assertFalse(first.equals(history()));
  }

  @Test
  void theWeightsNameTheEncoder() {
    assertEquals(0, run("--weights", save(Arch.RESNET18).toString()), err::toString);
    assertTrue(Files.exists(report));
  }

  @Test
  void aTruncatedPhotoIsNamed() throws IOException {
    Path photo = data.resolve("images/amber_tarrow_3.jpg");
    byte[] whole = Files.readAllBytes(photo);
    Files.write(photo, Arrays.copyOf(whole, whole.length / 2));
    assertFails(1, photo.toString(), "--scratch");
  }

  @Test
  void aTextFileNamedJpgIsNamed() throws IOException {
    Path photo = Files.writeString(data.resolve("images/amber_tarrow_77.jpg"), "no picture");
    assertFails(1, photo.toString(), "--scratch");
  }

  @Test
  void aFolderWithoutPhotosIsNamed() throws IOException {
    data = Files.createDirectory(folder.resolve("empty"));
    assertFails(2, data + ": expected pictures", "--scratch");
  }

  @Test
  void aPhotoWithoutABreedInItsNameIsNamed() {
    InventedBreeds.generate(0, 1, 32).save(data.resolve("images/holiday.jpg"));
    assertFails(2, "holiday.jpg", "--scratch");
  }

  @Test
  void moreInABatchThanThereAreIsAnError() {
    assertFails(2, "24 items do not fill a batch of bs 64", "--scratch", "--bs=64");
  }

  @Test
  void weightsOfAnotherArchitectureAreNamed() {
    Path file = folder.resolve("lstm.safetensors");
    StoredTensor weight = StoredTensor.of("rnn.weight", new float[] {1}, 1);
    Weights.write(file, Map.of("rnn.weight", weight), Map.of());
    assertFails(2, file + ": expected the weights of a ResNet", "--weights", file.toString());
  }

  @Test
  void truncatedWeightsAreNamed() throws IOException {
    Path file = save(Arch.RESNET18);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertFails(1, file.toString(), "--weights", file.toString());
  }

  @Test
  void aFileThatIsNoWeightsIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("w.pth"), "these are no weights at all");
    assertFails(1, file.toString(), "--weights", file.toString());
  }
}
