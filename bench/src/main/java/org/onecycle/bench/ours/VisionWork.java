package org.onecycle.bench.ours;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Work;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.learner.HeadOptions;
import org.onecycle.vision.learner.Vision;
import org.onecycle.vision.models.Arch;
import org.onecycle.vision.models.DynamicUnet;
import org.onecycle.vision.models.ResNetOptions;
import org.onecycle.vision.models.UnetOptions;

/** Training on pictures. */
final class VisionWork {
  private static final double HEAD_P = .5;

  private VisionWork() {}

  /** A ResNet-34 of as many classes as the inputs. */
  static Module network(InputFolder in) {
    return Arch.RESNET34.model(
        new Rng(in.size("seed")), ResNetOptions.DEFAULT.numClasses(in.size("classes")));
  }

  /** A ResNet-34, whole or only its last layer and its norm layers. */
  static LearnerWork resnet(InputFolder in, boolean frozen) {
    Module model = network(in);
    Module fc = model.children().get("fc");
    return work(in, model, new CrossEntropyLossFlat(), frozen ? m -> bodyAndHead(m, fc) : null);
  }

  /** The whole ResNet-34 in mixed precision. */
  static Work resnetInBf16(InputFolder in) {
    LearnerWork work = resnet(in, false);
    MixedPrecision.toBf16(work.learner());
    // The peak is measured in FLOAT: no floor for these.
    return new LearnerWork(work.learner(), work.items(), Double.NaN);
  }

  /** An encoder for both pictures and a head on both results. */
  static Work siamese(InputFolder in) {
    Rng rng = new Rng(in.size("seed"));
    Sequential encoder = Vision.createBody(Arch.RESNET34.model(rng), -2);
    int channels = 2 * Arch.RESNET34.numFeatures();
    Sequential head = Vision.createHead(channels, in.size("classes"), HeadOptions.ps(HEAD_P), rng);
    return work(
        in, new Siamese(encoder, head), new CrossEntropyLossFlat(), m -> bodyAndHead(m, head));
  }

  /** fastai's U-Net. */
  static Work unet(InputFolder in) {
    Rng rng = new Rng(in.size("seed"));
    Sequential body = Vision.createBody(Arch.RESNET34.model(rng), -2);
    int size = (int) in.shape("x")[2];
    DynamicUnet model =
        DynamicUnet.of(body, in.size("classes"), size, size, UnetOptions.DEFAULT, rng);
    return work(in, model, new CrossEntropyLossFlat(1), null);
  }

  private static List<List<Parameter>> bodyAndHead(Module model, Module head) {
    List<Parameter> last = head.parameters();
    return List.of(model.parameters().stream().filter(p -> !last.contains(p)).toList(), last);
  }

  private static LearnerWork work(
      InputFolder in,
      Module model,
      Loss loss,
      Function<Module, List<List<Parameter>>> frozenGroups) {
    boolean pairs = model instanceof Siamese;
    HostArray x = floats(in, "x");
    HostArray y = HostArray.of(in.longs("y"), in.shape("y"));
    DataLoaders dls =
        pairs ? LearnerWork.endless(x, floats(in, "x2"), y) : LearnerWork.endless(x, y);
    var builder =
        Learner.of(dls, model)
            .lossFunc(loss)
            .optFunc(LearnerWork.ADAM)
            .seed(in.size("seed"))
            .progress(ProgressOutput.none());
    if (frozenGroups != null) {
      builder.splitter(frozenGroups::apply);
    }
    Learner learn = builder.build();
    if (frozenGroups != null) {
      learn.freeze();
    }
    Supplier<Tensor> one = Flops.zeros(in, "x");
    Flops flops = Flops.ofConvolutions(model, pairs ? List.of(one, one) : List.of(one));
    long n = in.shape("x")[0];
    return new LearnerWork(learn, n, n * flops.step());
  }

  private static HostArray floats(InputFolder in, String name) {
    return HostArray.of(in.floats(name), in.shape(name));
  }

  /** One encoder for two pictures, one head for both results. */
  private static final class Siamese extends Module {
    private final Module encoder;
    private final Module head;

    Siamese(Module encoder, Module head) {
      this.encoder = add("encoder", encoder);
      this.head = add("head", head);
    }

    @Override
    public Tensor forward(Tensor... x) {
      return head.call(Tensor.cat(1, encoder.call(x[0]), encoder.call(x[1])));
    }
  }
}
