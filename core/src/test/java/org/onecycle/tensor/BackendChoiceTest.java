package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.onecycle.backend.Backends;

class BackendChoiceTest {

  @Test
  void thePropertyDecidesAndOneDnnIsNotLostSilently() {
    assertEquals(System.getProperty("onecycle.backend", "onednn"), Backends.current().name());
  }
}
