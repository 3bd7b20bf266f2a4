/** The command line. */
@NullMarked
package dev.gaon.examples.cli;

import org.jspecify.annotations.NullMarked;
