/**
 * Weights in files (safetensors, PyTorch checkpoints), downloads and the cache folder; nothing that
 * is read here ever executes code.
 */
package org.onecycle.io;
