/** Learners for language models and text classifiers. */
package org.onecycle.text.learner;
