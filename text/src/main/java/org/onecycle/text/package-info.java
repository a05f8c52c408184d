/** Text: tokens, language models and classifiers on top of the core. */
package org.onecycle.text;
