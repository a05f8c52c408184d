/** Collaborative filtering: who likes what, learnt from ratings. */
package org.onecycle.tabular.collab;
