/** Bodies, heads and models made of them. */
package org.onecycle.vision.learner;
