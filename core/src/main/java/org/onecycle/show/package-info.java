/** What a person sees of the work: progress in the terminal, rows of a training history. */
package org.onecycle.show;
