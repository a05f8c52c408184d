/** Tables: how public ones are read, and invented ones that stand in for them. */
package org.onecycle.examples.tables;
