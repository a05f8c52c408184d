/** Architectures for pictures, with torchvision's names for their parameters. */
package org.onecycle.vision.models;
