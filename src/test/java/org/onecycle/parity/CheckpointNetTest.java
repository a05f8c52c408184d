package org.onecycle.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.array.DType;
import org.onecycle.io.Weights;
import org.onecycle.nn.AdaptiveAvgPool2d;
import org.onecycle.nn.BatchNorm2d;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.Conv2dOptions;
import org.onecycle.nn.Flatten;
import org.onecycle.nn.Linear;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.Fixtures;
import org.onecycle.testing.Npy;

/** A small network whose weights come from a checkpoint that PyTorch wrote. */
class CheckpointNetTest {
  @ParameterizedTest
  @ValueSource(strings = {"net_zip.pth", "net_legacy.pth"})
  void computesWhatPyTorchComputed(String file) {
    Sequential net =
        new Sequential(
            new Conv2d(3, 4, 3, Conv2dOptions.DEFAULT.bias(false)),
            new BatchNorm2d(4),
            new ReLU(),
            new AdaptiveAvgPool2d(1),
            new Flatten(),
            new Linear(4, 2));
    Map<String, Tensor> state = new LinkedHashMap<>();
    Weights.read(Fixtures.path("pth/" + file))
        .tensors()
        .forEach((name, t) -> state.put(name, t.toTensor()));
    net.loadStateDict(state);
    net.to(DType.DOUBLE).eval();

    Npy x = Fixtures.npy("pth/net_x");
    double[] out = net.call(Tensor.of(x.toDoubles(), x.shape())).toDoubles();

    // What PyTorch computed in float32 is all there is, so it is known to a few of its units.
    assertArrayEquals(Fixtures.npy("pth/net_out").toDoubles(), out, 2e-7);
  }
}
