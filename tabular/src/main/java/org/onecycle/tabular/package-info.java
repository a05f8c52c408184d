/** Tables: preparation of columns, models over them and collaborative filtering. */
package org.onecycle.tabular;
