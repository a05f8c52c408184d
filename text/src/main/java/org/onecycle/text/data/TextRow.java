package org.onecycle.text.data;

/**
 * A text and its label.
 *
 * @param text the text
 * @param label its class
 */
public record TextRow(String text, String label) {}
