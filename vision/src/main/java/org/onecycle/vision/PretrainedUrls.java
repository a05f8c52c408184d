package org.onecycle.vision;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.onecycle.io.DownloadProgress;
import org.onecycle.io.OnecycleHome;
import org.onecycle.io.RemoteFile;

/** torchvision's ImageNet weights (IMAGENET1K_V1) by the architecture's name. */
final class PretrainedUrls {
  private static final String ROOT = "https://download.pytorch.org/models/";
  private static final Map<String, RemoteFile> FILES = new LinkedHashMap<>();

  static {
    for (String file :
        new String[] {
          "resnet18-f37072fd.pth",
          "resnet34-b627a593.pth",
          "resnet50-0676ba61.pth",
          "resnet101-63fe2227.pth",
          "resnet152-394f9c45.pth"
        }) {
      FILES.put(file.substring(0, file.indexOf('-')), RemoteFile.hashInName(ROOT + file));
    }
  }

  private PretrainedUrls() {}

  /**
   * The weights' file.
   *
   * @throws IllegalArgumentException for an unknown name
   */
  static RemoteFile of(String name) {
    RemoteFile file = FILES.get(name);
    if (file == null) {
      throw new IllegalArgumentException(
          "no pretrained weights for %s, there are %s".formatted(name, FILES.keySet()));
    }
    return file;
  }

  /** The weights in the cache, downloaded if they are not there. */
  static Path fetch(String name, DownloadProgress progress) {
    return of(name).fetch(OnecycleHome.weights(), progress);
  }
}
