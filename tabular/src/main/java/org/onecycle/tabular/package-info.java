/**
 * Tables: preparation of columns, models over them and predictions for rows and tables.
 *
 * <p>A table is a DFLib {@link org.dflib.DataFrame}; a gap in it is null or NaN. Rows are counted
 * from 0 in messages.
 */
package org.onecycle.tabular;
