/** What the government adapters share. */
@NullMarked
package dev.gaon.gov;

import org.jspecify.annotations.NullMarked;
