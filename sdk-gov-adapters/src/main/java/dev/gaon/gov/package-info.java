/** The guard that joins the government adapters, and what they share. */
@NullMarked
package dev.gaon.gov;

import org.jspecify.annotations.NullMarked;
