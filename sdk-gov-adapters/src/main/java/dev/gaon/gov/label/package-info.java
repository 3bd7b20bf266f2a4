/** Marks that say "made by generative AI": written into content and believed only when read back from the final bytes. */
@NullMarked
package dev.gaon.gov.label;

import org.jspecify.annotations.NullMarked;
