/** Drawn digits and street scenes that stand in for public data. */
package org.onecycle.examples.drawings;
