package org.onecycle.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.io.RemoteFile;

class PretrainedUrlsTest {
  @ParameterizedTest
  @CsvSource({
    "resnet18,f37072fd",
    "resnet34,b627a593",
    "resnet50,0676ba61",
    "resnet101,63fe2227",
    "resnet152,394f9c45"
  })
  void eachResNetHasItsAddressAndHash(String name, String hash) {
    RemoteFile file = PretrainedUrls.of(name);
    assertEquals(
        "https://download.pytorch.org/models/" + name + "-" + hash + ".pth", file.url().toString());
    assertEquals(hash, file.sha256());
  }

  @Test
  void anUnknownNameListsTheKnown() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PretrainedUrls.of("vgg16")).getMessage();
    assertTrue(message.contains("vgg16") && message.contains("resnet152"), message);
  }
}
