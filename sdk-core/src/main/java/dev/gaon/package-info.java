/** The client. Nothing is null here, given or returned, unless it says {@code @Nullable}. */
@NullMarked
package dev.gaon;

import org.jspecify.annotations.NullMarked;
