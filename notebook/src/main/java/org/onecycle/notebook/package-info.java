/** Onecycle in Java notebooks: progress, pictures and tables in cells, whatever the kernel. */
package org.onecycle.notebook;
