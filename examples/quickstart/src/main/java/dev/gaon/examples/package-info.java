/** The quickstart. */
@NullMarked
package dev.gaon.examples;

import org.jspecify.annotations.NullMarked;
