package org.onecycle.data;

import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;

/** The readers by name. */
public final class DataExports implements ExportProvider {
  /** Made by the service loader. */
  public DataExports() {}

  @Override
  public void register() {
    Exports.register(PipelineReader.NAME, PipelineReader::of);
  }
}
